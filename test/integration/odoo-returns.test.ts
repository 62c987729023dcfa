import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { odooServer } from '#test/support/odoo.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'
import { OdooGoods } from '#test/support/odoo-goods.ts'

const server = odooServer()
const suite = server ? describe : describe.skip

interface Note {
  state: string
  move_type: string
  amount_total: number
  reversed_entry_id: number | false
  ref: string
  payment_state: string
}

suite('returns and refunds in a real Odoo', () => {
  let goods: OdooGoods
  let desk: OdooDesk
  let nth = 0

  beforeAll(async () => {
    desk = new OdooDesk(server!)
    goods = new OdooGoods(desk)
    await goods.stock(500)
  })
  afterAll(() => desk.close())

  const refund = (lines: Record<string, unknown>[], more: Record<string, unknown> = {}) => {
    nth += 1
    return {
      ...{
        externalId: `r${nth}`,
        channel: 'shopify',
        kind: 'refund',
        currency: 'USD',
        orderNumber: `#${nth}`,
      },
      ...{ processedAt: '2026-05-14T09:00:00Z', lines, ...more },
    }
  }
  const oneMug = {
    lineId: '1',
    title: 'Trail Mug',
    quantity: 1,
    subtotal: '12.50',
    tax: '1.03',
    restock: 'return',
  }

  const delivered = async (order = { taxed: true }) => {
    const made = await goods.order(order)
    await goods.push('shipment', { order: made, document: goods.shipment(undefined) })
    return made
  }

  const note = async (id: string): Promise<Note> => {
    const [model, record] = id.split('/')
    expect(model).toBe('account.move')
    return desk.read<Note>('account.move', Number(record), [
      ...['state', 'move_type', 'amount_total', 'reversed_entry_id', 'ref', 'payment_state'],
    ])
  }

  const refusal = async (pushed: Promise<unknown>): Promise<HubError> => {
    const thrown: unknown = await pushed.catch((error: unknown) => error)
    if (thrown instanceof HubError) return thrown
    throw new Error(`not refused: ${String(thrown)}`)
  }

  it('goods are on stock again and the money is a posted credit note, each once', async () => {
    const order = await delivered()
    const before = await goods.onHand()
    const document = refund([oneMug], { totals: { refunded: '13.53' } })
    const id = await goods.push('return', { document, order })
    expect(await note(id)).toMatchObject({ state: 'posted', move_type: 'out_refund', amount_total: 13.53 })
    expect((await goods.onHand()).qty_available).toBe(before.qty_available + 1)
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([2, 2])
    expect(await goods.push('return', { document, order, uncertain: true })).toBe(id)
    expect(await goods.push('return', { document, order, externalId: id })).toBe(id)
    expect(await goods.transfers(order.id)).toMatchObject([{ state: 'done' }, { state: 'done' }])
    expect((await goods.onHand()).qty_available).toBe(before.qty_available + 1)
  })

  it('an invoice comes first where the hub invoices, and the credit note is settled with it', async () => {
    const invoicing = desk.again({
      own: desk.own,
      settings: { ...desk.context.connection.settings, invoice: 'onOrder' },
    })
    const order = await delivered()
    const document = refund([oneMug], { totals: { refunded: '13.53' } })
    const id = await goods.push('return', { document, order }, invoicing)
    const held = await note(id)
    expect(held).toMatchObject({ state: 'posted', amount_total: 13.53 })
    const invoice = await desk.read<Note>('account.move', Number(held.reversed_entry_id), [
      'state',
      'amount_total',
    ])
    expect(invoice).toMatchObject({ state: 'posted', amount_total: 61.59 })
    const second = refund([oneMug], { totals: { refunded: '13.53' } })
    expect(await goods.push('return', { document: second, order }, invoicing)).not.toBe(id)
    const all = await desk.api.call<number>('account.move', 'search_count', {
      domain: [['line_ids.sale_line_ids.order_id', '=', order.id]],
    })
    expect(all).toBe(3)
    invoicing.close()
  })

  it('money alone is a credit note, over what does not divide as well', async () => {
    const order = await delivered()
    const document = refund([{ ...oneMug, quantity: 3, subtotal: '10.00', tax: '0.83', restock: 'none' }], {
      totals: { refunded: '10.83' },
    })
    expect(await note(await goods.push('return', { document, order }))).toMatchObject({ amount_total: 10.83 })
    const goodwill = refund([], { totals: { refunded: '2.50' } })
    expect(await note(await goods.push('return', { document: goodwill, order }))).toMatchObject({
      amount_total: 2.5,
    })
    expect(await goods.transfers(order.id)).toHaveLength(1)
  })

  it('delivery that is paid back, and adjustments, are lines of it', async () => {
    const order = await delivered()
    const document = refund([oneMug], {
      shipping: [{ amount: '5.00' }],
      adjustments: [{ kind: 'goodwill', amount: '-1.00' }],
      totals: { refunded: '19.53' },
    })
    expect(await note(await goods.push('return', { document, order }))).toMatchObject({ amount_total: 19.53 })
  })

  it('a sum that the lines do not make is parked, with the difference', async () => {
    const order = await delivered()
    const document = refund([oneMug], { totals: { refunded: '20.00' } })
    expect(await refusal(goods.push('return', { document, order }))).toMatchObject({
      ...{ code: 'TOTAL_DIFFERS', detail: expect.stringContaining('6.47') },
    })
  })

  it('a tax that Odoo computes otherwise is parked beyond the limit, and nothing is posted', async () => {
    const order = await delivered()
    const document = refund([{ ...oneMug, tax: '2.00' }], { totals: { refunded: '14.50' } })
    expect(await refusal(goods.push('return', { document, order }))).toMatchObject({
      ...{ code: 'TOTAL_DIFFERS', detail: expect.stringContaining('0.97') },
    })
    const posted = await desk.api.call<number>('account.move', 'search_count', {
      domain: [
        ['line_ids.sale_line_ids.order_id', '=', order.id],
        ['state', '=', 'posted'],
      ],
    })
    expect(posted).toBe(0)
  })

  it('more than was delivered is refused, and named', async () => {
    const order = await delivered()
    const document = refund([{ ...oneMug, quantity: 4, subtotal: '50.00', tax: '4.13' }], {
      totals: { refunded: '54.13' },
    })
    expect(await refusal(goods.push('return', { document, order }))).toMatchObject({
      ...{ code: 'PARTNER_REFUSED', detail: expect.stringContaining('1 × “Trail Mug”') },
    })
  })

  it('what was cancelled before it was shipped is left to the order’s own change', async () => {
    const order = await goods.order({ taxed: true })
    const document = refund([{ ...oneMug, restock: 'cancel' }], { totals: { refunded: '13.53' } })
    expect(await refusal(goods.push('return', { document, order }))).toMatchObject({ code: 'SOURCE_SKIPPED' })
    expect(await goods.transfers(order.id)).toHaveLength(1)
  })

  it('goods wait to be counted where the settings say so', async () => {
    const waiting = desk.again({
      own: desk.own,
      settings: { ...desk.context.connection.settings, validateReturns: false },
    })
    const order = await delivered()
    const document = refund([{ lineId: '1', quantity: 2, restock: 'restock' }], { kind: 'return' })
    const id = await goods.push('return', { document, order }, waiting)
    expect(id).toMatch(/^stock\.picking\//)
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([3, 2])
    await goods.push('return', { document, order })
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([1, 2])
    waiting.close()
  })
})
