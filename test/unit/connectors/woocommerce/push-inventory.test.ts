import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { woocommerce } from '#connectors/storefronts/woocommerce/connector.ts'
import { startWooSimulator, type WooSimulator } from '#connectors/storefronts/woocommerce/simulator.ts'
import type { ConnectorContext, HttpRequest, PushOperation } from '#core/contracts/connector.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { gathering, outcomes } from '../../../support/gathering.ts'

const AT = Date.UTC(2026, 4, 12, 9, 30)
const SHOP = 'https://shop.example'
const KEYS = { consumerKey: 'ck_1', consumerSecret: 'cs_1' }
const PARENT = 900

let shop: WooSimulator
let context: ConnectorContext & { sent: HttpRequest[] }
let close: () => void

beforeEach(async () => {
  shop = await startWooSimulator({ now: () => AT, random: () => 0.42, shopUrl: SHOP, ...KEYS })
  const client = createHttpClient({ clock: systemClock, allowPrivateHosts: ['127.0.0.1'] })
  close = () => client.close()
  context = gathering({
    connection: {
      ...{ id: 'woo', tenant: 'acme', connector: 'woocommerce' },
      settings: { shopUrl: SHOP, apiBaseUrl: shop.baseUrl },
      secrets: { consumerKey: ['ck_1'], consumerSecret: ['cs_1'] },
    },
    ...{ http: client, now: () => AT, signal: new AbortController().signal, log: () => undefined },
  } as unknown as ConnectorContext)
})
afterEach(async () => {
  close()
  await shop.close()
})

const put = (sku: string, units: number | null, over = {}) =>
  shop.putProduct({ sku, stock_quantity: units, manage_stock: units !== null, ...over }, AT)

const push = (sku: string, available: number, over: Partial<PushOperation> = {}, through = context) =>
  woocommerce.push!(
    {
      ...{ resource: 'inventory', key: `acme:stock:${sku}`, revision: 1, body: { sku, available } },
      ...{ externalId: null, dependencies: {}, uncertain: false, idempotencyKey: sku },
      sending: () => undefined,
      ...over,
    },
    through,
  )

/** A sale that comes right before the write. */
const selling = (sell: () => void) => ({
  ...context,
  http: {
    request(request: HttpRequest) {
      if (request.method === 'POST') sell()
      return context.http.request(request)
    },
  },
})

describe('a stock figure pushed to WooCommerce', () => {
  it('counts a sale that comes between look and write, where the hub knows what is shown', async () => {
    const mug = put('MUG', 23)
    const sale = () => void Object.assign(mug, { stock_quantity: 22 })
    expect(await push('MUG', 20, { expected: 25 }, selling(sale))).toMatchObject({ found: 22 })
    expect(mug.stock_quantity).toBe(17)
  })

  it('is set where nothing is known, or the shop counts nothing yet', async () => {
    const [mug, cup] = [put('MUG', 23), put('CUP', null)]
    expect(await push('MUG', 20)).toMatchObject({ found: 23 })
    expect(await push('CUP', 4, { expected: 5 })).not.toHaveProperty('found')
    expect([mug.stock_quantity, cup.stock_quantity, cup.manage_stock]).toEqual([20, 4, true])
  })

  it('goes out with others: products in one batch, the variations of a product in another', async () => {
    const small = { type: 'variation', parent_id: PARENT } as const
    put('', null, { id: PARENT, type: 'variable' })
    const all = ['A', 'B', 'C'].map(sku => put(sku, 9)).concat(['S', 'M'].map(sku => put(sku, 9, small)))
    await Promise.all(all.map(({ sku }, index) => push(sku, index, { expected: 9 })))
    expect(all.map(({ stock_quantity: units }) => units)).toEqual([0, 1, 2, 3, 4])
    expect(context.sent.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST'])
  })

  it('keeps a refusal from the others of its batch', async () => {
    const [, gone] = ['A', 'B', 'C'].map(sku => put(sku, 9))
    const answers = await outcomes(
      ['A', 'B', 'C'].map(sku =>
        push(
          sku,
          5,
          { expected: 9 },
          selling(() => void shop.products.delete(gone!.id)),
        ),
      ),
    )
    expect(answers).toMatchObject([
      { found: 9 },
      { code: 'PARTNER_REFUSED', fingerprint: 'gone' },
      { found: 9 },
    ])
  })

  it('is not repeated by the client where it adds: an answer that is lost is looked up by the next try', async () => {
    put('MUG', 25)
    await push('MUG', 20, { expected: 25 })
    await push('MUG', 19)
    const writes = context.sent.filter(({ method }) => method === 'POST')
    expect(writes.map(({ safeToRepeat }) => safeToRepeat)).toEqual([false, true])
  })
})
