import { formatCount } from '../format.ts'
import { FigureBars } from './figure-bars.tsx'
import { isOversold, type StockRow } from './stock-row.ts'

/** One SKU, and whose it is where several tenants may have it: where its units lie, who holds them, and what is shown of them. */
export function StockItem({ row, withTenant }: { row: StockRow; withTenant: boolean }) {
  const { sku, counts, tenant } = row
  return (
    <li class="stock-item">
      <div class="what">
        <h3>{sku}</h3>
        {withTenant && <small>{tenant}</small>}
        {isOversold(row) && <span class="chip bad">oversold</span>}
        <ul aria-label={`Where ${sku} lies`}>
          {counts.map(({ source, location, available }, place) => (
            <li key={`${source} ${location}`} title={`Counted by ${source}`}>
              <i class={`place-${place % 4}`} aria-hidden="true" />
              {location} <b>{formatCount(available)}</b>
            </li>
          ))}
        </ul>
        {counts.length === 0 && <small>Nobody counts it.</small>}
      </div>
      <FigureBars row={row} />
    </li>
  )
}
