import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import conformance from '#connectors/erp/netsuite/conformance.ts'
import { externalIdOf } from '#connectors/erp/netsuite/external-id.ts'
import { push } from '#connectors/erp/netsuite/push.ts'
import type { SimulatedRecord } from '#connectors/erp/netsuite/simulator/account.ts'
import type { NetsuiteSimulator } from '#connectors/erp/netsuite/simulator.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { PushOperation, PushResult } from '#core/contracts/connector.ts'

let bench: Bench

beforeEach(async () => {
  bench = await openBench(conformance)
})
afterEach(() => bench.close())

const account = () => (bench.simulator as NetsuiteSimulator).account

const operation = (
  over: Partial<PushOperation> & Pick<PushOperation, 'resource' | 'body'>,
): PushOperation => ({
  ...{ key: 'acme:shop:1001', revision: 1, externalId: null, dependencies: {}, uncertain: false },
  ...{ idempotencyKey: 'k', sending: () => undefined },
  ...over,
})

const given = conformance.pushes!.order!.operation(1, 1)

const pushed = (
  body: Record<string, unknown> = {},
  settings: Record<string, unknown> = {},
): Promise<PushResult> =>
  push(operation({ resource: 'order', body: { ...given.body, ...body } }), {
    ...bench.context,
    connection: {
      ...bench.connection,
      settings: { ...bench.connection.settings, ...settings },
    },
  })

const order = (): SimulatedRecord => account().find('salesOrder', `eid:${externalIdOf('acme:shop:1001')}`)!

const asked = (method: string): string[] =>
  bench
    .proxy!.requests.filter(request => request.method === method)
    .map(({ target }) => target.replace(/^.*\/v1\//, ''))

describe('an order', () => {
  it('whose SKU NetSuite does not know is shown to a person, by its name, and nothing is made of it', async () => {
    const item = { items: [{ sku: "O'NEIL-7", quantity: 1, amount: 1 }] }
    await expect(pushed({ item })).rejects.toMatchObject({
      ...{ code: 'SKU_UNKNOWN', recovery: 'park', fingerprint: "sku:O'NEIL-7" },
      detail: expect.stringContaining("“O'NEIL-7”"),
    })
    expect([account().of('customer'), order()]).toEqual([[], undefined])
  })

  it('with a line without a SKU names the line', async () => {
    const item = { items: [{ description: 'Engraving', quantity: 1, amount: 1 }] }
    await expect(pushed({ item })).rejects.toMatchObject({ detail: expect.stringContaining('“Engraving”') })
  })

  it('with money that no item is set for names the setting', async () => {
    const charges = [{ charge: 'fee', quantity: 1, amount: 2 }]
    await expect(pushed({ charges })).rejects.toMatchObject({ detail: expect.stringContaining('`feeItem`') })
  })

  it('that NetSuite sums up otherwise is parked with the difference', async () => {
    await expect(pushed({ total: '15.01' })).rejects.toMatchObject({
      ...{ code: 'TOTAL_DIFFERS', recovery: 'park' },
      detail: expect.stringMatching(/15\.00.*15\.01.*-0\.01/),
    })
  })

  it('without an item for tax leaves the tax to NetSuite', async () => {
    const charges = [...(given.body['charges'] as object[]), { charge: 'tax', quantity: 1, amount: 99 }]
    const { externalId } = await pushed({ charges })
    expect(order()).toMatchObject({ id: externalId, body: { total: 15 } })
  })

  it('is released once its total is right, where that is wanted', async () => {
    await pushed()
    expect(order().body['orderStatus']).toEqual({ id: 'A' })
    await pushed({}, { approve: true })
    expect(order().body['orderStatus']).toEqual({ id: 'B' })
  })

  it('is never released while its total is wrong', async () => {
    await expect(pushed({ total: '1.00' }, { approve: true })).rejects.toMatchObject({
      code: 'TOTAL_DIFFERS',
    })
    expect(order().body['orderStatus']).toEqual({ id: 'A' })
  })

  it('whose lines are as they were leaves them alone, because fulfilled ones cannot be replaced', async () => {
    await pushed()
    await pushed({ memo: 'gift' })
    expect(order().body['memo']).toBe('gift')
    expect(asked('PATCH')).toEqual([`salesOrder/${order().id}`])
  })

  it('with other lines has these and no others', async () => {
    await pushed()
    await pushed({ total: '25.00', item: { items: [{ sku: 'MUG-1', quantity: 2, amount: 20 }] } })
    const { items } = order().body['item'] as { items: { quantity: number }[] }
    expect(items.map(({ quantity }) => quantity)).toEqual([2, 1])
  })

  it('that was cancelled has all its lines closed', async () => {
    await pushed()
    await pushed({ cancelled: true })
    const { items } = order().body['item'] as { items: { isClosed?: boolean }[] }
    expect(items.map(({ isClosed }) => isClosed)).toEqual([true, true])
  })

  it('that was cancelled before NetSuite had it is left out', async () => {
    await expect(pushed({ cancelled: true })).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
  })

  it('in a currency that the account does not have is shown to a person', async () => {
    await expect(pushed({ currency: 'NOK' })).rejects.toMatchObject({ fingerprint: 'currency' })
  })

  it('carries a custom field as the mapping makes it', async () => {
    await pushed({ custbody_gift_note: 'For you' })
    expect(order().body['custbody_gift_note']).toBe('For you')
  })

  it('whose first write met another of the same key is the same order', async () => {
    let met = false
    bench.proxy!.script(({ method }) => {
      if (method !== 'PUT' || met) return null
      met = true
      const error = { detail: 'This record already exists.', 'o:errorCode': 'USER_ERROR' }
      return { kind: 'answer', status: 400, body: JSON.stringify({ 'o:errorDetails': [error] }) }
    })
    await pushed()
    expect(
      account()
        .of('salesOrder')
        .filter(({ externalId }) => externalId),
    ).toHaveLength(1)
  })
})

describe('the customer of an order', () => {
  it('is the one with the same e-mail, however it is written', async () => {
    const known = account().create('customer', { email: 'Buyer-1@Example.com' })
    await pushed()
    expect([order().body['entity'], account().of('customer')]).toEqual([{ id: known.id }, [known]])
  })

  it('is made once for all orders of a buyer without an e-mail', async () => {
    const customer = { key: 'shopify:77', isPerson: true, lastName: 'Guest' }
    await pushed({ customer })
    await push(
      operation({ resource: 'order', key: 'acme:shop:1002', body: { ...given.body, customer } }),
      bench.context,
    )
    expect(account().of('customer')).toHaveLength(1)
  })

  it('is the one of the settings where the mapping says so', async () => {
    await pushed({ customer: undefined, entity: { id: '12' } })
    expect([order().body['entity'], account().of('customer')]).toEqual([{ id: '12' }, []])
  })
})

describe('a shipment', () => {
  const shipment = conformance.pushes!.shipment!.operation(1, 1)
  /** Of every fulfilment, which lines of the order and how much of them. */
  const fulfilled = () =>
    account()
      .of('itemFulfillment')
      .map(({ body }) => (body['item'] as { items: { orderLine?: number; quantity: number }[] }).items)
      .map(items => items.map(({ orderLine, quantity }) => [orderLine, quantity]))

  it('leaves out the lines of the order that are not in it', async () => {
    const mug = account().items.find(({ itemid }) => itemid === 'MUG-1')!
    const lines = [1, 2].map(line => ({ line, item: { id: mug.id }, quantity: 1, amount: 10 }))
    account().create('salesOrder', { item: { items: lines } }, '77')
    const dependencies = { 'order:acme:shop:1': '77' }
    await push(operation({ ...shipment, resource: 'shipment', dependencies }), bench.context)
    const [made] = account().of('itemFulfillment')
    expect((made!.body['item'] as { items: object[] }).items).toHaveLength(1)
  })

  it('of more than the order has is shown to a person', async () => {
    const item = { items: [60, 41].map(quantity => ({ sku: 'MUG-1', quantity })) }
    const of = operation({ ...shipment, resource: 'shipment', body: { item } })
    await expect(push(of, bench.context)).rejects.toMatchObject({ fingerprint: 'lines' })
  })

  it('names an item as often as its parcels do, and the order has one line of it', async () => {
    const item = { items: [1, 2].map(quantity => ({ sku: 'MUG-1', quantity })) }
    await push(operation({ ...shipment, resource: 'shipment', body: { item } }), bench.context)
    expect(fulfilled()).toEqual([[[1, 3]]])
  })

  it('goes on with the lines that an earlier one has left open', async () => {
    const mug = account().items.find(({ itemid }) => itemid === 'MUG-1')!
    const lines = [1, 2].map(line => ({ line, item: { id: mug.id }, quantity: 2, amount: 20 }))
    account().create('salesOrder', { item: { items: lines } }, '77')
    const dependencies = { 'order:acme:shop:1': '77' }
    for (const [n, quantity] of [1, 2, 1].entries())
      await push(
        operation({
          ...{ resource: 'shipment', key: `acme:wms:${n}`, dependencies },
          body: { item: { items: [{ sku: 'MUG-1', quantity }] } },
        }),
        bench.context,
      )
    expect(fulfilled()).toEqual([
      [[1, 1]],
      [
        [1, 1],
        [2, 1],
      ],
      [[2, 1]],
    ])
  })

  it('that was cancelled is taken away', async () => {
    await push(operation({ ...shipment, resource: 'shipment' }), bench.context)
    await push(operation({ ...shipment, resource: 'shipment', body: { cancelled: true } }), bench.context)
    expect(account().of('itemFulfillment')).toEqual([])
  })
})

describe('a return', () => {
  const returned = conformance.pushes!.return!.operation(1, 1)

  it.each(['creditMemo', 'cashRefund'])('becomes one %s where that is wanted', async returnsAs => {
    const settings = { ...bench.connection.settings, returnsAs }
    const context = { ...bench.context, connection: { ...bench.connection, settings } }
    const body = { ...returned.body, orderStatus: { id: 'B' } }
    for (let times = 0; times < 2; times++)
      await push(operation({ ...returned, resource: 'return', body }), context)
    expect(account().of(returnsAs)).toMatchObject([{ body: { total: 10 } }])
    expect(account().of('returnAuthorization')).toHaveLength(1)
  })
})

it('external ids hold what NetSuite allows, and no two keys share one', () => {
  const ids = ['acme:shop:1/1', 'acme:shop:1-1', `acme:shop:${'9'.repeat(300)}`].map(externalIdOf)
  expect(new Set(ids).size).toBe(3)
  for (const id of ids) expect(id).toMatch(/^[\w-]{1,80}$/)
})
