import { useState } from 'preact/hooks'
import type { OrderRow } from '#core/settlements/report.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Skeleton } from '../components/panel.tsx'
import { formatCount, formatMoney } from '../format.ts'
import { Link } from '../router.tsx'

/** A channel whose orders the hub never had has thousands of them. */
const MOST = 100

/** Orders of a payout that are not known, or whose money does not come out even. */
export function Attention({ id }: { id: string }) {
  const [all, setAll] = useState(false)
  const { value, error } = useAnswer<{ attention: OrderRow[] }>(`/settlements/${encodeURIComponent(id)}`)
  if (error)
    return (
      <p role="alert" class="result bad">
        {error}
      </p>
    )
  if (!value) return <Skeleton lines={3} />
  const { attention } = value
  return (
    <>
      <div class="scroll">
        <table aria-label="Orders that do not fit">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col" class="num">
                Total
              </th>
              <th scope="col" class="num">
                Proceeds
              </th>
              <th scope="col" class="num wide">
                Refunds
              </th>
              <th scope="col" class="num">
                Off by
              </th>
            </tr>
          </thead>
          <tbody>
            {(all ? attention : attention.slice(0, MOST)).map(row => (
              <Row key={row.orderId} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {!all && attention.length > MOST && (
        <footer class="panel-foot">
          <button type="button" onClick={() => setAll(true)}>
            Show all {formatCount(attention.length)}
          </button>
        </footer>
      )}
    </>
  )
}

function Row({ row }: { row: OrderRow }) {
  const { orderId, number, document, total, proceeds, refunds, difference, refundDifference } = row
  const name = number ?? orderId
  return (
    <tr>
      <th scope="row">
        {document ? <Link to={`/trace?document=${encodeURIComponent(document)}`}>{name}</Link> : name}
        {!document && <small>not known to the hub</small>}
      </th>
      <td class="num">{total === undefined ? '–' : formatMoney(total)}</td>
      <td class="num">{formatMoney(proceeds)}</td>
      <td class="num wide">{formatMoney(refunds)}</td>
      <td class="num warn">
        {difference === undefined ? '–' : formatMoney(difference)}
        {refundDifference && /[1-9]/.test(refundDifference) && (
          <small>refunds {formatMoney(refundDifference)}</small>
        )}
      </td>
    </tr>
  )
}
