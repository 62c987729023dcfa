import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { odooServer } from '#test/support/odoo.ts'
import { OdooDesk } from '#test/support/odoo-desk.ts'
import { OdooGoods } from '#test/support/odoo-goods.ts'

const server = odooServer()
const suite = server ? describe : describe.skip

suite('shipments of a warehouse in a real Odoo', () => {
  let goods: OdooGoods
  let desk: OdooDesk
  let mug: string
  let card: string

  beforeAll(async () => {
    desk = new OdooDesk(server!, { settings: { carriers: { UPS: 'Express shipping' } } })
    goods = new OdooGoods(desk)
    await goods.stock(500)
    ;[mug, card] = goods.skus
  })
  afterAll(() => desk.close())

  const refusal = async (pushed: Promise<unknown>): Promise<HubError> => {
    const thrown: unknown = await pushed.catch((error: unknown) => error)
    if (thrown instanceof HubError) return thrown
    throw new Error(`not refused: ${String(thrown)}`)
  }

  it('deliver the order whole, with tracking number and carrier, and a second time changes nothing', async () => {
    const order = await goods.order()
    const document = goods.shipment([
      { lineId: '1', sku: mug, quantity: 3 },
      { sku: card, quantity: 2 },
    ])
    const id = await goods.push('shipment', { document, order })
    const after = await goods.transfers(order.id)
    const tracking = (document['packages'] as { trackingNumber: string }[])[0]!.trackingNumber
    expect(after).toMatchObject([{ id: Number(id), state: 'done', carrier_tracking_ref: tracking }])
    expect(after[0]!.carrier_id).not.toBe(false)
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([3, 2])
    expect(await goods.push('shipment', { document, order, externalId: id })).toBe(id)
    expect(await goods.transfers(order.id)).toEqual(after)
  })

  it('deliver a part and leave a back-order, which the next one takes', async () => {
    const order = await goods.order()
    const first = await goods.push('shipment', {
      order,
      document: goods.shipment([{ sku: mug, quantity: 1 }]),
    })
    expect(await goods.transfers(order.id)).toMatchObject([
      { id: Number(first), state: 'done' },
      { state: 'assigned', backorder_id: Number(first), carrier_tracking_ref: false },
    ])
    const second = await goods.push('shipment', {
      order,
      document: goods.shipment([
        { sku: mug, quantity: 2 },
        { sku: card, quantity: 2 },
      ]),
    })
    expect(second).not.toBe(first)
    expect((await goods.transfers(order.id)).map(({ state }) => state)).toEqual(['done', 'done'])
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([3, 2])
  })

  it('without lines deliver all that is open', async () => {
    const order = await goods.order()
    await goods.push('shipment', { order, document: goods.shipment(undefined) })
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([3, 2])
  })

  it('two parts at once from two processes are two transfers, not one twice', async () => {
    const order = await goods.order()
    const { locks } = createEmbeddedState(systemClock)
    const other = desk.again({ own: desk.own, locks })
    const parts = [1, 2].map(quantity => goods.shipment([{ sku: mug, quantity }]))
    const until = async (document: Record<string, unknown>, at: OdooDesk): Promise<string> => {
      for (let tries = 0; ; tries++)
        try {
          return await goods.push('shipment', { document, order, uncertain: tries > 0 }, at)
        } catch (thrown) {
          if (!(thrown instanceof HubError) || thrown.recovery !== 'retry' || tries > 20) throw thrown
        }
    }
    const ids = await Promise.all([until(parts[0]!, desk), until(parts[1]!, other)])
    expect(new Set(ids).size).toBe(2)
    expect((await goods.sold(order.id)).map(line => line.qty_delivered)).toEqual([3, 0])
    other.close()
  }, 30_000)

  it('more than was ordered is refused, and named', async () => {
    const order = await goods.order()
    const document = goods.shipment([{ sku: mug, quantity: 4 }])
    expect(await refusal(goods.push('shipment', { document, order }))).toMatchObject({
      ...{ code: 'PARTNER_REFUSED', detail: expect.stringContaining(`1 × “${mug}”`) },
    })
    expect(await goods.transfers(order.id)).toMatchObject([{ state: 'assigned' }])
  })

  it('what somebody has validated in Odoo with the same quantities is taken over', async () => {
    const order = await goods.order()
    const [transfer] = await goods.transfers(order.id)
    await desk.api.call('stock.picking', 'button_validate', {
      ...{ ids: [transfer!.id], context: { skip_backorder: true } },
    })
    const document = goods.shipment([
      { sku: mug, quantity: 3 },
      { sku: card, quantity: 2 },
    ])
    expect(await goods.push('shipment', { document, order })).toBe(String(transfer!.id))
    const tracking = (document['packages'] as { trackingNumber: string }[])[0]!.trackingNumber
    expect(await goods.transfers(order.id)).toMatchObject([{ state: 'done', carrier_tracking_ref: tracking }])
    const again = goods.shipment([{ sku: mug, quantity: 3 }])
    expect(await refusal(goods.push('shipment', { document: again, order }))).toMatchObject({
      code: 'PARTNER_REFUSED',
    })
  })

  it('a tracking number that comes later is written; other quantities are not', async () => {
    const order = await goods.order()
    const document = goods.shipment([{ sku: mug, quantity: 3 }])
    const id = await goods.push('shipment', { document, order })
    const packages = [{ carrier: 'UPS', trackingNumber: '1ZNEW' }, { trackingNumber: '1ZTOO' }]
    await goods.push('shipment', { document: { ...document, packages }, order, externalId: id })
    expect(await goods.transfers(order.id)).toMatchObject([{ carrier_tracking_ref: '1ZNEW, 1ZTOO' }, {}])
    const fewer = { ...document, lines: [{ sku: mug, quantity: 2 }] }
    expect(await refusal(goods.push('shipment', { document: fewer, order }))).toMatchObject({
      fingerprint: 'odoo other quantities',
    })
  })

  it('what has not left is left out; what was cancelled after it left has to come back', async () => {
    const order = await goods.order()
    const pending = goods.shipment([{ sku: mug, quantity: 3 }], { status: 'pending' })
    expect(await refusal(goods.push('shipment', { document: pending, order }))).toMatchObject({
      code: 'SOURCE_SKIPPED',
    })
    await goods.push('shipment', { document: { ...pending, status: 'shipped' }, order })
    const cancelled = { ...pending, status: 'cancelled' }
    expect(await refusal(goods.push('shipment', { document: cancelled, order }))).toMatchObject({
      fingerprint: 'odoo shipped',
    })
  })

  it('an article that Odoo does not have is named', async () => {
    const order = await goods.order()
    const document = goods.shipment([{ sku: `NOBODY-${desk.own}`, quantity: 1 }])
    expect(await refusal(goods.push('shipment', { document, order }))).toMatchObject({ code: 'SKU_UNKNOWN' })
  })

  it('are invoiced as they leave, where the settings say so', async () => {
    const invoicing = desk.again({
      own: desk.own,
      settings: { ...desk.context.connection.settings, invoice: 'onDelivery' },
    })
    const order = await goods.order()
    const document = goods.shipment(undefined)
    await goods.push('shipment', { document, order }, invoicing)
    await goods.push('shipment', { document, order }, invoicing)
    const { api } = desk
    const [sale] = await api.call<{ invoice_ids: number[] }[]>('sale.order', 'read', {
      ...{ ids: [order.id], fields: ['invoice_ids'] },
    })
    const invoices = await api.call<object[]>('account.move', 'read', {
      ...{ ids: sale!.invoice_ids, fields: ['state', 'amount_total'] },
    })
    expect(invoices).toMatchObject([{ state: 'posted', amount_total: 58.5 }])
    invoicing.close()
  }, 30_000)
})
