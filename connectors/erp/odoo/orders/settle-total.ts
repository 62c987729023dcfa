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
      const gone = new HubError('PARTNER_CONFLICT', {
        detail: 'The sale order is gone.',
        fingerprint: 'gone',
      })
      return ids.map(one => rows.find(row => row.id === one) ?? gone)
    },
  })

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
  const standing = await standingOf(id, context)
  const expected = expectedTotal(body)
  const gap = gapOf(standing, expected, body)
  if (gap === 0n) return standing
  const held = await roundingHeld(operation, context)
  const rounding = held + gap
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

async function roundingHeld({ key }: PushOperation, context: ConnectorContext): Promise<bigint> {
  const name = externalNames.line(key, 'rounding')
  const odoo = odooApi(context)
  const id = (await findRecords(odoo, 'sale.order.line', [name])).get(name)
  if (id === undefined) return 0n
  const [line] = await odoo.call<{ price_unit: number }[]>('sale.order.line', 'read', {
    ...{ ids: [id], fields: ['price_unit'] },
  })
  return line ? toScaled(line.price_unit) : 0n
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
