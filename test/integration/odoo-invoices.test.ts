import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { losingAnswer } from '#test/support/lost-answers.ts'
import { odooServer } from '#test/support/odoo.ts'
import { type DeskOptions, OdooDesk } from '#test/support/odoo-desk.ts'
import { OdooGoods } from '#test/support/odoo-goods.ts'

const server = odooServer()
const suite = server ? describe : describe.skip
const LONG = 300_000

suite('invoices of orders at a real Odoo', () => {
  let goods: OdooGoods
  let desk: OdooDesk

  beforeAll(async () => {
    desk = new OdooDesk(server!)
    goods = new OdooGoods(desk)
    await goods.stock(5_000)
  })
  afterAll(() => desk.close())

  /** Another process, with locks of its own. */
  const process = (invoice: string, more: DeskOptions = {}) =>
    desk.again({
      own: desk.own,
      settings: { ...desk.context.connection.settings, invoice, confirm: true },
      ...more,
    })

  const invoicesOf = (order: number) =>
    desk.api.searchRead<{ move_type: string; state: string; amount_total: number }>('account.move', {
      domain: [['line_ids.sale_line_ids.order_id', '=', order]],
      fields: ['move_type', 'state', 'amount_total'],
      order: 'id',
    })

  const posted = (amount_total: number) => ({ move_type: 'out_invoice', state: 'posted', amount_total })

  /** Of three mugs, two cards and their delivery. */
  const document = async () => (await goods.order()).document

  /** Not sent yet. */
  const fresh = async (id: string) => {
    const one = await document()
    return { ...one, externalId: id, number: `#${id}-${desk.own}` }
  }

  const withMugs = (one: Record<string, unknown>, mugs: number, total: string) => {
    const [mug, ...rest] = one['lines'] as Record<string, unknown>[]
    return { ...one, lines: [{ ...mug, quantity: mugs }, ...rest], totals: { total } }
  }

  it('onOrder: an order is invoiced once, as soon as it is confirmed', async () => {
    const hub = process('onOrder')
    const one = await fresh('i1')
    const id = await hub.push(one)
    expect(await invoicesOf(id)).toMatchObject([posted(58.5)])
    await hub.push({ ...one, note: 'Changed' })
    expect(await invoicesOf(id)).toHaveLength(1)
    hub.close()
  })

  it('onOrder: one that stays a quotation is not invoiced', async () => {
    const hub = desk.again({
      own: desk.own,
      settings: { ...desk.context.connection.settings, invoice: 'onOrder', confirm: false },
    })
    expect(await invoicesOf(await hub.push(await fresh('i2')))).toEqual([])
    hub.close()
  })

  it('onDelivery, never: not by the order', async () => {
    for (const [id, setting] of [
      ['i3', 'onDelivery'],
      ['i4', 'never'],
    ] as const) {
      const hub = process(setting)
      expect(await invoicesOf(await hub.push(await fresh(id)))).toEqual([])
      hub.close()
    }
  })

  it('what is ordered more is a second invoice; what is taken off waits for the refund that pays it back', async () => {
    const hub = process('onOrder')
    const one = await fresh('i5')
    const id = await hub.push(one)
    await hub.push(withMugs(one, 4, '71.00'))
    expect(await invoicesOf(id)).toMatchObject([posted(58.5), posted(12.5)])
    await hub.push(withMugs(one, 2, '46.00'))
    expect(await invoicesOf(id)).toMatchObject([posted(58.5), posted(12.5)])
    hub.close()
  })

  it('onOrder: what Odoo keeps until delivery is invoiced when it has left', async () => {
    const [product] = await desk.api.searchRead<{ id: number }>('product.product', {
      ...{ domain: [['default_code', '=', goods.skus[1]]], fields: [] },
    })
    const policy = (invoice_policy: string) =>
      desk.api.call('product.product', 'write', { ids: [product!.id], vals: { invoice_policy } })
    await policy('delivery')
    const hub = process('onOrder')
    const one = await fresh('i6')
    const id = await hub.push(one)
    expect(await invoicesOf(id)).toMatchObject([posted(42.5)])
    const order = { id, key: `acme:shop-${desk.own}:i6` }
    await goods.push('shipment', { order, document: goods.shipment(undefined) }, hub)
    expect(await invoicesOf(id)).toMatchObject([posted(42.5), posted(16)])
    await policy('order')
    hub.close()
  })

  it('an order that is cancelled after its invoice: the refund is a credit note', async () => {
    const hub = process('onOrder')
    const one = await fresh('i7')
    const id = await hub.push(one)
    await hub.push({ ...one, status: 'cancelled', cancelledAt: '2026-05-05T08:00:00Z' })
    const refund = {
      ...{ externalId: 'r7', channel: 'shopify', kind: 'refund', currency: 'USD' },
      processedAt: '2026-05-05T08:00:00Z',
      lines: [{ lineId: '1', title: 'Mug', quantity: 3, subtotal: '37.50', restock: 'cancel' }],
      totals: { refunded: '37.50' },
    }
    const order = { id, key: `acme:shop-${desk.own}:i7` }
    await goods.push('return', { order, document: refund }, hub)
    expect(await invoicesOf(id)).toMatchObject([
      posted(58.5),
      { move_type: 'out_refund', state: 'posted', amount_total: 37.5 },
    ])
    hub.close()
  })

  it(
    'one invoice, posted, whichever change of its order goes unanswered',
    async () => {
      const { wrap, calls } = losingAnswer(0)
      const counting = process('onOrder', { http: wrap })
      await counting.push(await fresh('c0'))
      counting.close()
      expect(calls()).toBe(6)
      for (let nth = calls() - 2; nth <= calls(); nth++) {
        const one = await fresh(`c${nth}`)
        const broken = process('onOrder', { http: losingAnswer(nth).wrap })
        await expect(broken.push(one)).rejects.toMatchObject({ code: 'PARTNER_TIMEOUT' })
        broken.close()
        const hub = process('onOrder')
        expect(await invoicesOf(await hub.push(one, { uncertain: true }))).toMatchObject([posted(58.5)])
        hub.close()
      }
    },
    LONG,
  )

  it(
    'one invoice, however many processes without a common lock make it at once',
    async () => {
      const one = await fresh('p1')
      const first = process('never')
      const id = await first.push(one)
      first.close()
      const hubs = Array.from({ length: 4 }, () => process('onOrder'))
      await Promise.all(hubs.map(hub => hub.push(one)))
      expect(await invoicesOf(id)).toMatchObject([posted(58.5)])
      for (const hub of hubs) hub.close()
    },
    LONG,
  )
})
