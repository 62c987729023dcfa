import type { HealthSnapshot } from '#core/health/snapshot-types.ts'
import { Panel } from '../components/panel.tsx'
import { formatCount, sum } from '../format.ts'
import { Link } from '../router.tsx'

/** The ledger of stock in figures. Absent where none is declared. */
export function StockPanel({ stock }: { stock: HealthSnapshot['stock'] }) {
  if (!stock) return null
  const { items, stale, oversold, drifted, channels } = stock
  const unpublished = sum(channels.map(channel => channel.unpublished))
  const refused = sum(channels.map(channel => channel.refused))
  return (
    <Panel id="stock" title="Stock" aside={<Link to="/stock">All items</Link>}>
      <dl class="figures six">
        <Figure name="Items" count={items} />
        <Figure name="Oversold" count={oversold} tone="bad" />
        <Figure name="Stale counts" count={stale} tone="warn" />
        <Figure name="Unpublished figures" count={unpublished} />
        <Figure name="Refused figures" count={refused} tone="warn" />
        <Figure name="Drift repaired, 24 h" count={drifted} />
      </dl>
    </Panel>
  )
}

const Figure = ({ name, count, tone }: { name: string; count: number; tone?: 'warn' | 'bad' }) => (
  <div>
    <dt>{name}</dt>
    <dd class={`number ${count > 0 ? (tone ?? '') : ''}`}>{formatCount(count)}</dd>
  </div>
)
