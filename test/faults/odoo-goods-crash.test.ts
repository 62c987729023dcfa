import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { losingAnswer } from '#test/support/lost-answers.ts'
import { odooServer } from '#test/support/odoo.ts'
import { type DeskOptions, OdooDesk } from '#test/support/odoo-desk.ts'
import { OdooGoods } from '#test/support/odoo-goods.ts'

const server = odooServer()
const suite = server ? describe : describe.skip
const LONG = 300_000

suite('shipments and refunds whose sending breaks, at a real Odoo', () => {
  let desk: OdooDesk
  let goods: OdooGoods

  beforeAll(async () => {
    desk = new OdooDesk(server!)
    goods = new OdooGoods(desk)
    await goods.stock(5_000)
  })
  afterAll(() => desk.close())

  const through = (nth: number) => {
    const { wrap, calls } = losingAnswer(nth)
    return { calls, broken: desk.again({ http: wrap, own: desk.own }) }
  }

  /** A hub that invoices before it credits. */
  const invoicing = (options: DeskOptions = {}) =>
    desk.again({
      own: desk.own,
      settings: { ...desk.context.connection.settings, invoice: 'onOrder' },
      ...options,
    })

  const part = () => goods.shipment([{ sku: goods.skus[0], quantity: 1 }])

  async function expectOnePart(order: { id: number }): Promise<void> {
    expect(await goods.transfers(order.id)).toMatchObject([{ state: 'done' }, { state: 'assigned' }])
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([1, 0])
  }

  it(
    'a part is delivered once, with one back-order, whichever change goes unanswered',
    async () => {
      const counting = through(0)
      const counted = await goods.order()
      await goods.push('shipment', { order: counted, document: part() }, counting.broken)
      counting.broken.close()
      expect(counting.calls()).toBe(3)
      for (let nth = 1; nth <= counting.calls(); nth++) {
        const { broken } = through(nth)
        const order = await goods.order()
        const document = part()
        await expect(goods.push('shipment', { order, document }, broken)).rejects.toMatchObject({
          code: 'PARTNER_TIMEOUT',
        })
        const id = await goods.push('shipment', { order, document, uncertain: true })
        await expectOnePart(order)
        expect(await goods.push('shipment', { order, document, uncertain: true })).toBe(id)
        await expectOnePart(order)
        broken.close()
      }
    },
    LONG,
  )

  const refund = (nth: number) => ({
    ...{ externalId: `crash${nth}`, channel: 'shopify', kind: 'refund', currency: 'USD' },
    processedAt: '2026-05-14T09:00:00Z',
    lines: [{ lineId: '1', title: 'Mug', quantity: 1, subtotal: '12.50', tax: '1.03', restock: 'return' }],
    totals: { refunded: '13.53' },
  })

  const delivered = async () => {
    const order = await goods.order({ taxed: true })
    await goods.push('shipment', { order, document: goods.shipment(undefined) })
    return order
  }

  async function expectOneRefund(order: { id: number }): Promise<void> {
    expect(await goods.transfers(order.id)).toMatchObject([{ state: 'done' }, { state: 'done' }])
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([2, 2])
    const notes = await desk.api.searchRead<object>('account.move', {
      domain: [['line_ids.sale_line_ids.order_id', '=', order.id]],
      fields: ['move_type', 'state', 'amount_total'],
      order: 'id',
    })
    expect(notes).toMatchObject([
      { move_type: 'out_invoice', state: 'posted', amount_total: 61.59 },
      { move_type: 'out_refund', state: 'posted', amount_total: 13.53 },
    ])
  }

  it(
    'goods come back once and are credited once, whichever change goes unanswered',
    async () => {
      const counting = losingAnswer(0)
      const counted = await delivered()
      const hub = invoicing()
      const whole = invoicing({ http: counting.wrap })
      await goods.push('return', { order: counted, document: refund(0) }, whole)
      whole.close()
      expect(counting.calls()).toBe(8)
      await expectOneRefund(counted)
      // Every second one: each costs a real Odoo ten seconds.
      for (let nth = 1; nth <= counting.calls(); nth += 2) {
        const broken = invoicing({ http: losingAnswer(nth).wrap })
        const order = await delivered()
        const document = refund(nth)
        await expect(goods.push('return', { order, document }, broken)).rejects.toMatchObject({
          code: 'PARTNER_TIMEOUT',
        })
        const id = await goods.push('return', { order, document, uncertain: true }, hub)
        await expectOneRefund(order)
        expect(await goods.push('return', { order, document, uncertain: true }, hub)).toBe(id)
        await expectOneRefund(order)
        broken.close()
      }
      hub.close()
    },
    LONG,
  )
})
