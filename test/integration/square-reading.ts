import { expect } from '@jest/globals'
import type { Order } from '#core/documents/types.gen.ts'

interface Money {
  amount: number
  currency: string
}

interface Applied {
  applied_money: Money
  tax_uid?: string
  discount_uid?: string
}

interface Line {
  uid: string
  name: string
  quantity: string
  catalog_object_id?: string
  variation_name?: string
  gross_sales_money: Money
  total_money: Money
  total_tax_money: Money
  total_discount_money: Money
  applied_taxes?: Applied[]
  applied_discounts?: Applied[]
  modifiers?: { name: string; base_price_money: Money }[]
}

/** What the test reads of an order, by itself: the mapping is not asked. */
export interface SquareOrder {
  id: string
  version: number
  location_id: string
  reference_id?: string
  source: { name: string }
  state: string
  created_at: string
  updated_at: string
  closed_at?: string
  total_money: Money
  total_tax_money: Money
  total_discount_money: Money
  line_items: Line[]
  taxes?: { uid: string; name: string; percentage: string; applied_money: Money }[]
  discounts?: { uid: string; name: string; percentage?: string; applied_money: Money }[]
  tenders?: { id: string; type: string; amount_money: Money; created_at: string }[]
}

/** Dollars and cents without arithmetic. */
export const dollars = ({ amount }: Money): string =>
  String(amount)
    .padStart(3, '0')
    .replace(/(\d\d)$/, '.$1')

/** Compares an order in dollars with its payload: money to the cent, lines, taxes, discounts, times, tenders. */
export function expectSameOrder(order: Order, payload: SquareOrder): void {
  expect(order).toMatchObject({
    ...{ externalId: payload.id, channel: 'square', currency: 'USD', taxesIncluded: false },
    ...{ location: { externalId: payload.location_id }, salesSource: payload.source.name },
    ...{ placedAt: payload.created_at, updatedAt: payload.updated_at },
    attributes: { state: payload.state, version: payload.version },
  })
  expect(order.number).toBe(payload.reference_id)
  expect(order.closedAt).toBe(payload.closed_at)
  expect(order.totals).toMatchObject({
    total: dollars(payload.total_money),
    tax: dollars(payload.total_tax_money),
    discounts: dollars(payload.total_discount_money),
  })
  expect(order.taxes).toEqual(
    (payload.taxes ?? []).map(({ name, percentage, applied_money: applied }) => ({
      ...{ title: name, rate: Number(percentage) / 100, amount: dollars(applied) },
    })),
  )
  expect(order.lines).toHaveLength(payload.line_items.length)
  for (const [index, line] of payload.line_items.entries())
    expectSameLine(order.lines[index]!, { line, payload })
  expect(order.payments).toEqual(
    (payload.tenders ?? []).map(tender =>
      expect.objectContaining({
        ...{ externalId: tender.id, gateway: tender.type, at: tender.created_at, currency: 'USD' },
        ...{ kind: 'sale', status: 'success', amount: dollars(tender.amount_money) },
      }),
    ),
  )
}

function expectSameLine(
  mapped: Order['lines'][number],
  { line, payload }: { line: Line; payload: SquareOrder },
): void {
  expect(mapped).toMatchObject({
    ...{ externalId: line.uid, title: line.name, quantity: Number(line.quantity) },
    ...{ total: dollars(line.total_money), taxTotal: dollars(line.total_tax_money) },
    discountTotal: dollars(line.total_discount_money),
  })
  expect([mapped.variantId, mapped.variantTitle]).toEqual([line.catalog_object_id, line.variation_name])
  expect(Number(mapped.unitPrice) * Number(line.quantity) * 100).toBeCloseTo(line.gross_sales_money.amount)
  const nameOf = (list: { uid: string; name: string }[] | undefined, uid: string | undefined) =>
    list?.find(one => one.uid === uid)?.name
  expect(mapped.discounts?.map(({ title, amount }) => [title, amount])).toEqual(
    (line.applied_discounts ?? []).map(one => [
      nameOf(payload.discounts, one.discount_uid),
      dollars(one.applied_money),
    ]),
  )
  expect(mapped.taxes?.map(({ title, amount }) => [title, amount])).toEqual(
    (line.applied_taxes ?? []).map(one => [nameOf(payload.taxes, one.tax_uid), dollars(one.applied_money)]),
  )
  expect(mapped.components?.map(({ title, unitPrice }) => [title, unitPrice])).toEqual(
    (line.modifiers ?? []).map(({ name, base_price_money: price }) => [name, dollars(price)]),
  )
}
