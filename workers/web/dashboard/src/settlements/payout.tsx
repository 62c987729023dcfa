import { useState } from 'preact/hooks'
import type { PayoutReport } from '#core/settlements/report.ts'
import { Panel } from '../components/panel.tsx'
import { formatCount, formatMoney } from '../format.ts'
import { Attention } from './attention.tsx'
import { SplitBar } from './split-bar.tsx'

export type PayoutRow = PayoutReport & { id: string; connection: string }

/** One payout: what became of the proceeds, how well it fits its orders, and on demand the orders that do not fit. */
export function Payout({ payout }: { payout: PayoutRow }) {
  const [open, setOpen] = useState(false)
  const { id, connection, currency, externalId, paidAt, lines, orders, refundedOrders } = payout
  const off = lines.unmatched + orders.differing + refundedOrders.differing
  return (
    <Panel
      id={`payout-${id}`}
      title={`${formatMoney(payout.payout)} ${currency}`}
      aside={`${connection} · ${externalId}${paidAt ? ` · paid ${paidAt.slice(0, 10)}` : ''}`}
    >
      <SplitBar payout={payout} />
      <dl class="figures">
        <Figure
          name="Lines with their order"
          text={`${formatCount(lines.matched)} of ${formatCount(lines.total)}`}
        />
        <Figure
          name="Lines without it"
          text={formatCount(lines.unmatched)}
          tone={lines.unmatched > 0 ? 'warn' : ''}
        />
        <Figure name="Orders off" text={differing(orders)} tone={orders.differing > 0 ? 'warn' : 'ok'} />
        {refundedOrders.total > 0 && (
          <Figure
            name="Refunds off"
            text={differing(refundedOrders)}
            tone={refundedOrders.differing > 0 ? 'warn' : 'ok'}
          />
        )}
        <Figure
          name="Unexplained"
          text={`${formatMoney(payout.unexplained)} ${currency}`}
          tone={/[1-9]/.test(payout.unexplained) ? 'bad' : 'ok'}
        />
      </dl>
      {off > 0 && (
        <footer class="panel-foot">
          <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide' : 'Show'} the orders that do not fit
          </button>
        </footer>
      )}
      {open && <Attention id={id} />}
    </Panel>
  )
}

const differing = ({ differing: count, difference }: { differing: number; difference: string }): string =>
  count === 0 ? '0' : `${formatCount(count)} by ${formatMoney(difference)}`

const Figure = ({ name, text, tone = '' }: { name: string; text: string; tone?: string }) => (
  <div>
    <dt>{name}</dt>
    <dd class={`number ${tone}`}>{text}</dd>
  </div>
)
