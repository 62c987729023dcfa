import type { OrderRow } from '#core/settlements/report.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Skeleton } from '../components/panel.tsx'
import { Link } from '../router.tsx'

/** Orders of a payout that are not known, or whose money does not come out even. */
export function Attention({ id }: { id: string }) {
  const { value, error } = useAnswer<{ attention: OrderRow[] }>(`/settlements/${encodeURIComponent(id)}`)
  if (error)
    return (
      <p role="alert" class="result bad">
        {error}
      </p>
    )
  if (!value) return <Skeleton lines={3} />
  return (
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
          {value.attention.map(row => (
            <Row key={row.orderId} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row }: { row: OrderRow }) {
  const { orderId, number, document, total, proceeds, refunds, difference, refundDifference } = row
  const name = number ?? orderId
  return (
    <tr>
      <th scope="row">
        {document ? <Link to={`/trace?number=${encodeURIComponent(name)}`}>{name}</Link> : name}
        {!document && <small>not known to the hub</small>}
      </th>
      <td class="num">{total ?? '–'}</td>
      <td class="num">{proceeds}</td>
      <td class="num wide">{refunds}</td>
      <td class="num warn">
        {difference ?? '–'}
        {refundDifference && /[1-9]/.test(refundDifference) && <small>refunds {refundDifference}</small>}
      </td>
    </tr>
  )
}
