import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { odooServer } from '#test/support/odoo.ts'
import { ordersAt } from './odoo-orders-bench.ts'

const server = odooServer()
const suite = server ? describe : describe.skip

suite('changes of orders in a real Odoo', () => {
  const { address, deliver, desk, linesOf, open, order, refusal, sale, skus } = ordersAt(server)

  beforeAll(open)
  afterAll(() => desk.close())

  describe('changes', () => {
    it('quantities, new and removed lines, address and note reach a confirmed order; what is equal is not written', async () => {
      const one = order()
      const id = await desk.push(one)
      const [mug, card] = one['lines'] as Record<string, unknown>[]
      const third = { externalId: '3', title: 'Bag', sku: skus[2], quantity: 1, unitPrice: '3.00' }
      const newer = {
        ...one,
        lines: [{ ...mug, quantity: 3 }, { ...card, currentQuantity: 0 }, third],
        shippingAddress: address({ line1: '99 New St' }),
        note: 'Changed',
        totals: { total: '53.50' },
        currentTotals: { total: '45.50' },
      }
      expect(await desk.push(newer, { externalId: String(id) })).toBe(id)
      const held = await sale(id)
      expect(held).toMatchObject({ state: 'sale', amount_total: 45.5, date_order: '2026-05-04 08:00:00' })
      expect(held.note).toContain('Changed')
      expect(held.partner_shipping_id).not.toBe(held.partner_id)
      expect((await linesOf(id)).map(line => [line.name.split(',')[0], line.product_uom_qty])).toEqual([
        ...[
          ['Trail Mug', 3],
          ['Card', 0],
          ['Standard', 1],
          ['Bag', 1],
        ],
      ])
      await desk.push(newer)
      expect(await sale(id)).toEqual(held)
    })

    it('an order whose external id somebody removed is found by its link, not made again', async () => {
      const one = order()
      const id = await desk.push(one)
      const rows = await desk.api.searchRead<{ id: number }>('ir.model.data', {
        ...{
          domain: [
            ['module', '=', 'crossdock'],
            ['model', '=', 'sale.order'],
            ['res_id', '=', id],
          ],
          fields: ['name'],
        },
      })
      await desk.api.call('ir.model.data', 'unlink', { ids: rows.map(row => row.id) })
      expect(await desk.push(one, { externalId: String(id) })).toBe(id)
      expect(await desk.push(one)).toBe(id)
      const [other, ofAnotherDatabase] = [order(), id]
      expect(await desk.push(other, { externalId: String(ofAnotherDatabase) })).not.toBe(id)
    })

    it('a line that the channel no longer has is brought to zero', async () => {
      const one = order()
      const id = await desk.push(one)
      const lines = (one['lines'] as unknown[]).slice(0, 1)
      await desk.push({ ...one, lines, totals: { total: '30.00' } })
      expect((await linesOf(id)).map(line => line.product_uom_qty)).toEqual([2, 0, 1])
    })

    it('less than was delivered is refused, with Odoo’s reason', async () => {
      const one = order()
      const id = await desk.push(one)
      await deliver(id)
      const [mug, card] = one['lines'] as Record<string, unknown>[]
      const lines = [{ ...mug, currentQuantity: 1 }, card]
      const error = await refusal({ ...one, lines })
      expect(error).toMatchObject({ code: 'PARTNER_REFUSED', detail: expect.stringContaining('deliver') })
    })

    it('goods that came back after they were shipped stay on the order', async () => {
      const one = order()
      const id = await desk.push(one)
      await deliver(id)
      const [mug, card] = one['lines'] as Record<string, unknown>[]
      const lines = [{ ...mug, currentQuantity: 1, fulfilledQuantity: 2 }, card]
      await desk.push({ ...one, lines, currentTotals: { total: '25.50' } })
      expect(await sale(id)).toMatchObject({ state: 'sale', amount_total: 38 })
    })
  })

  describe('cancellation', () => {
    const cancelled = (one: Record<string, unknown>) => ({
      ...one,
      status: 'cancelled',
      lines: (one['lines'] as object[]).map(line => ({ ...line, currentQuantity: 0 })),
    })

    it('cancels the order and its delivery, whether or not Odoo had it before', async () => {
      const [before, never] = [order(), order()]
      const id = await desk.push(before)
      await desk.push(cancelled(before))
      const other = await desk.push(cancelled(never))
      const [one, two] = [await sale(id), await sale(other)]
      expect([one.state, one.amount_total, two.state, two.amount_total]).toEqual(['cancel', 38, 'cancel', 38])
      const pickings = await desk.api.call<{ state: string }[]>('stock.picking', 'read', {
        ids: one.picking_ids,
        fields: ['state'],
      })
      expect(pickings.map(({ state }) => state)).toEqual(['cancel'])
      await desk.push(cancelled(before))
      expect(await sale(id)).toEqual(one)
    })

    it('waits for a return where goods were delivered', async () => {
      const one = order()
      await deliver(await desk.push(one))
      expect(await refusal(cancelled(one))).toMatchObject({
        ...{ code: 'PARTNER_REFUSED', fingerprint: 'odoo delivered' },
      })
    })

    it('what somebody cancelled in Odoo is not brought back to life', async () => {
      const one = order()
      const id = await desk.push(one)
      await desk.api.call('sale.order', 'action_cancel', { ids: [id] })
      expect(await refusal({ ...one, note: 'More' })).toMatchObject({ fingerprint: 'odoo cancelled' })
      expect((await sale(id)).state).toBe('cancel')
    })
  })
})
