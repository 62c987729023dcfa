import { useState } from 'preact/hooks'
import { queryOf } from '../api/client.ts'
import type { List } from '../api/types.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Notice } from '../components/notice.tsx'
import { Empty, Panel, Skeleton } from '../components/panel.tsx'
import { plural } from '../format.ts'
import { FindSku } from './find-sku.tsx'
import { StockItem } from './stock-item.tsx'
import type { StockRow } from './stock-row.ts'

const PAGE = 50

/** The ledger: what is counted, what orders hold, and what every channel shows of it. */
export function StockPage() {
  const [sku, setSku] = useState('')
  const [after, setAfter] = useState<string | undefined>()
  const { value, error } = useAnswer<List<StockRow>>(`/stock${queryOf({ sku, after, limit: PAGE })}`)
  const withTenant = new Set(value?.items.map(({ tenant }) => tenant)).size > 1
  const find = (wanted: string) => {
    setSku(wanted)
    setAfter(undefined)
  }
  return (
    <>
      <div class="page-head with-actions">
        <div>
          <h1>Stock</h1>
          <p>
            What is counted, what orders hold, and what every channel shows of it: longer bars are more units.
          </p>
        </div>
        <FindSku onFind={find} />
      </div>
      {error && (
        <Notice tone="bad" title="Stock cannot be shown.">
          {error}
        </Notice>
      )}
      {!value && !error && (
        <Panel id="stock-loading" title="Items">
          <Skeleton lines={6} height={22} />
        </Panel>
      )}
      {value?.items.length === 0 && <None sku={sku} />}
      {value && value.items.length > 0 && (
        <Panel id="stock-items" title="Items" aside={<Legend />}>
          <ul class="stock-items">
            {value.items.map(row => (
              <StockItem key={row.id} row={row} withTenant={withTenant} />
            ))}
          </ul>
          {(value.next || after) && (
            <footer class="panel-foot with-count">
              <span class="fine">
                {value.items.length} of {plural(value.total, 'item')}, by SKU
              </span>
              {after && (
                <button type="button" onClick={() => setAfter(undefined)}>
                  First items
                </button>
              )}
              {value.next && (
                <button type="button" onClick={() => setAfter(value.next ?? undefined)}>
                  Next items
                </button>
              )}
            </footer>
          )}
        </Panel>
      )}
    </>
  )
}

const Legend = () => (
  <ul class="stock-legend" aria-label="Colours">
    <li>
      <i class="held" aria-hidden="true" /> held by orders
    </li>
    <li>
      <i class="shown" aria-hidden="true" /> shown as it ought to be
    </li>
    <li>
      <i class="waiting" aria-hidden="true" /> on its way to the mark
    </li>
    <li>
      <i class="refused" aria-hidden="true" /> refused
    </li>
  </ul>
)

const None = ({ sku }: { sku: string }) => (
  <Panel id="stock-none" title="Items">
    {sku ? (
      <Empty title={`Nothing is known of “${sku}”.`}>
        <p>No source has counted this SKU.</p>
      </Empty>
    ) : (
      <Empty title="Nothing was counted yet.">
        <p>
          Declare <code>stock</code> in the configuration: who counts, and which channels show how much of it.
        </p>
      </Empty>
    )}
  </Panel>
)
