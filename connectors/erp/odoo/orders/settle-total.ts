import { type ConnectorContext, HubError, type PushOperation, toScaled } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { externalNames, qualified } from '../external-ids.ts'
import { findRecords } from '../find-records.ts'
import { loadTogether } from '../load-together.ts'
import { productIds } from '../products.ts'
import { odooSettings } from '../settings.ts'
import { roundTo, shown, sizeOf } from './amounts.ts'
import type { OrderBody } from './body.ts'
import { expectedTotal } from './expected-total.ts'
import { lineColumns } from './line-columns.ts'

export interface Standing {
  id: number
  state: string
  amount_total: number
}

/** State and total of the order as Odoo has them now. */
export const standingOf = (id: number, context: ConnectorContext): Promise<Standing> =>
  context.together<number, Standing>(id, {
    name: 'standing',
    async send(ids) {
      const rows = await odooApi(context).call<Standing[]>('sale.order', 'read', {
        ids: [...new Set(ids)],
        fields: ['state', 'amount_total'],
      })
      return ids.map(one => rows.find(row => row.id === one) ?? gone())
    },
  })

const gone = (): HubError =>
  new HubError('PARTNER_CONFLICT', { detail: 'The sale order is gone.', fingerprint: 'gone' })

export interface Total {
  id: number
  body: OrderBody
  operation: PushOperation
}

/**
 * Odoo's total is the channel's to the cent, or the order is parked with both named. Cents by which the two round
 * differently stand in a line of their own, for everybody to see.
 */
export async function settleTotal(
  { id, body, operation }: Total,
  context: ConnectorContext,
): Promise<Standing> {
  const expected = expectedTotal(body)
  const first = await standingOf(id, context)
  if (gapOf(first, expected, body) === 0n) return first
  const { held, ...standing } = await withRounding({ id, operation }, context)
  const rounding = held + gapOf(standing, expected, body)
  const { roundingLimit, products } = odooSettings(context.connection)
  if (sizeOf(rounding) > toScaled(roundingLimit) || products.rounding === undefined)
    throw differs({ standing, expected, body, why: products.rounding === undefined ? NO_PRODUCT : '' })
  await loadRounding({ rounding, sku: products.rounding, currency: body.currency }, operation, context)
  const settled = await standingOf(id, context)
  if (gapOf(settled, expected, body) === 0n) return settled
  throw differs({ standing: settled, expected, body, why: ' although the rounding was corrected' })
}

const NO_PRODUCT = '; the setting products.rounding names no product to correct it with'

const gapOf = ({ amount_total }: Standing, expected: bigint, { currency }: OrderBody): bigint =>
  expected - roundTo(toScaled(amount_total), currency)

interface Seen extends Standing {
  order_line: { id: number; price_unit: number }[]
}

/**
 * The total and what of it is rounding, as one transaction saw them: while another process corrects the same order, two
 * reads would make one correction of a cent into two. The line's name is asked for last, so that every line seen has one.
 */
async function withRounding(
  { id, operation }: Pick<Total, 'id' | 'operation'>,
  context: ConnectorContext,
): Promise<Standing & { held: bigint }> {
  const odoo = odooApi(context)
  const lines = { fields: { price_unit: {} } }
  const [seen] = await odoo.call<Seen[]>('sale.order', 'web_read', {
    ...{ ids: [id], specification: { state: {}, amount_total: {}, order_line: lines } },
  })
  if (!seen) throw gone()
  const name = externalNames.line(operation.key, 'rounding')
  const rounding = (await findRecords(odoo, 'sale.order.line', [name])).get(name)
  const { order_line: all, ...standing } = seen
  return { ...standing, held: toScaled(all.find(line => line.id === rounding)?.price_unit ?? 0) }
}

async function loadRounding(
  { rounding, sku, currency }: { rounding: bigint; sku: string; currency: string },
  { key, sending }: PushOperation,
  context: ConnectorContext,
): Promise<void> {
  const line = { id: 'rounding', sku, name: 'Rounding', quantity: 1, taxes: [], more: {} }
  const lines = lineColumns(
    key,
    [{ ...line, price: shown(rounding, currency) }],
    await productIds([sku], context),
  )
  const record = { id: qualified(externalNames.order(key)) }
  await loadTogether({ model: 'sale.order', record, lines, sending }, context)
}

interface Differing {
  standing: Standing
  expected: bigint
  body: OrderBody
  why: string
}

function differs({ standing, expected, body, why }: Differing): HubError {
  const { currency } = body
  const [here, there] = [toScaled(standing.amount_total), expected].map(amount => shown(amount!, currency))
  const gap = shown(gapOf(standing, expected, body), currency)
  return new HubError('TOTAL_DIFFERS', {
    detail: `The channel’s total is ${there} ${currency}, Odoo’s ${here}: the difference is ${gap}${why}.`,
    fingerprint: 'odoo total',
  })
}
