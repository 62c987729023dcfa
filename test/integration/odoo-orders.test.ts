import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { odooServer } from '#test/support/odoo.ts'
import { ordersAt, type SaleOrder } from './odoo-orders-bench.ts'

const server = odooServer()
const suite = server ? describe : describe.skip

suite('orders in a real Odoo', () => {
  const { desk, open, order, sale } = ordersAt(server)

  beforeAll(open)
  afterAll(() => desk.close())

  it('arrive once with lines, customer, date, warehouse and note, confirmed', async () => {
    const one = order()
    const id = await desk.push(one)
    const held = await sale(id)
    expect(held).toMatchObject({
      ...{
        state: 'sale',
        amount_total: 38,
        client_order_ref: one['number'],
        date_order: '2026-05-04 08:00:00',
      },
      ...{ origin: `shopify ${one['externalId']}` },
    })
    expect(held.order_line).toHaveLength(3)
    expect(held.picking_ids).toHaveLength(1)
    expect(held.note).toContain('Ring twice &amp; wait &lt;here&gt;')
    expect(held.note).toContain('Payment: paid')
    expect(await desk.push(one, { externalId: String(id) })).toBe(id)
    expect(await sale(id)).toEqual(held)
  })

  it('stays a quotation where the settings say so', async () => {
    const quoting = desk.again({ settings: { confirm: false } })
    expect(await sale(await quoting.push(order()))).toMatchObject({
      state: 'draft',
      amount_total: 38,
      picking_ids: [],
    })
    quoting.close()
  })

  it('a field of the customer’s own is filled by an overlay, on the order and on each line', async () => {
    const [gift, engraving] = [`x_gift_${desk.own}`, `x_text_${desk.own}`]
    for (const [model, name, ttype] of [
      ['sale.order', gift, 'boolean'],
      ['sale.order.line', engraving, 'char'],
    ]) {
      const [found] = await desk.api.searchRead<{ id: number }>('ir.model', {
        domain: [['model', '=', model]],
        fields: ['id'],
      })
      await desk.api.call('ir.model.fields', 'create', {
        vals_list: [{ name, ttype, model_id: found!.id, field_description: 'Own', state: 'manual' }],
      })
    }
    const text = `extends: erp/odoo/order-out
version: 1
document:
  order: { ${gift}: "$exists(lines.giftMessage)" }
  lines: { ${engraving}: giftMessage }
`
    const own = desk.again({ overlays: [{ path: 'own.overlay.yaml', text }] })
    const one = order()
    const [mug, card] = one['lines'] as Record<string, unknown>[]
    const id = await own.push({ ...one, lines: [{ ...mug, giftMessage: 'For Zoë' }, card] })
    expect(await own.read('sale.order', id, [gift])).toMatchObject({ [gift]: true })
    const rows = await own.api.searchRead<Record<string, unknown>>('sale.order.line', {
      ...{ domain: [['order_id', '=', id]], fields: [engraving], order: 'id' },
    })
    expect(rows.map(row => row[engraving])).toEqual(['For Zoë', false, false])
    own.close()
  })

  describe('many at once', () => {
    it('forty orders go out in few calls, and each is right', async () => {
      let calls = 0
      const counting = desk.again({
        http: inner => ({
          request(request) {
            calls += 1
            return inner.request(request)
          },
        }),
      })
      const orders = Array.from({ length: 40 }, () =>
        order({ customer: { externalId: 'many' }, email: `many@${desk.own}.example.com` }),
      )
      const ids = await Promise.all(orders.map(one => counting.push(one)))
      expect(new Set(ids).size).toBe(40)
      expect(calls).toBeLessThan(60)
      const held = await desk.api.call<SaleOrder[]>('sale.order', 'read', {
        ids,
        fields: ['state', 'amount_total'],
      })
      expect(held.every(one => one.state === 'sale' && one.amount_total === 38)).toBe(true)
      counting.close()
    }, 60_000)

    it('one that Odoo refuses is refused alone', async () => {
      const orders = Array.from({ length: 6 }, () => order())
      orders[3] = { ...orders[3], deliverBy: 'next week' }
      const outcomes = await Promise.allSettled(orders.map(one => desk.push(one)))
      expect(outcomes.map(({ status }) => status)).toEqual([
        ...['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
      ])
      expect(outcomes[3]).toMatchObject({ reason: { code: 'PARTNER_REFUSED' } })
    }, 30_000)
  })
})
