import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { poll } from '#connectors/storefronts/shopify/poll.ts'
import type { OrderAction, ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import type { ConnectorContext, PolledPage, RawMessage } from '#core/contracts/connector.ts'
import { seeded, type TestContext } from './context.ts'
import { type OpenShop, openShop } from './shop.ts'

const ORDERS = 70
const LIFE: OrderAction[] = ['pay', 'edit', 'fulfil', 'refund', 'fulfil', 'cancel']

let opened: OpenShop
let shop: ShopifySimulator
let polling: TestContext

beforeEach(async () => {
  opened = await openShop()
  ;({ shop, polling } = opened)
  const random = seeded(11)
  for (let n = 0; n < ORDERS; n++) {
    const { id } = shop.placeOrder()
    opened.advance(1_000)
    for (const action of LIFE.filter(() => random() < 0.4)) shop.changeOrder(id, action)
  }
  opened.advance(600_000)
})

afterEach(() => opened.close())

/** `bulkAbove` orders go by pages, more in bulk. */
const contextWith = (bulkAbove: number, over: Partial<ConnectorContext> = {}): ConnectorContext => ({
  ...polling,
  ...over,
  connection: {
    ...polling.connection,
    settings: { ...polling.connection.settings, bulkAbove },
  },
})

const inBulk = (over?: Partial<ConnectorContext>) => contextWith(10, over)
const byPages = () => contextWith(100_000)

async function pagesOf(
  context: ConnectorContext,
  cursor: string | null = null,
  until: (page: PolledPage) => boolean = () => false,
): Promise<PolledPage[]> {
  const pages: PolledPage[] = []
  for await (const page of poll('order', cursor, context)) {
    pages.push(page)
    if (until(page)) break
  }
  return pages
}

/** By dedupe key, what the inbox would hold in the end. */
const landed = (pages: readonly PolledPage[]): Map<string, string> =>
  new Map(pages.flatMap(({ messages }) => messages).map(one => [one.dedupeKey, one.body.toString()]))

const sorted = (pages: readonly PolledPage[]) => [...landed(pages)].toSorted(([a], [b]) => (a < b ? -1 : 1))

const placeOf = ({ cursor }: PolledPage) => (JSON.parse(cursor) as { bulk?: { at: number } }).bulk

const idsOf = (pages: readonly PolledPage[]) =>
  new Set(
    pages.flatMap(({ messages }) => messages).map(({ body }: RawMessage) => JSON.parse(body.toString()).id),
  )

describe('a poll of the long past', () => {
  it('gives in bulk the same bytes under the same keys as by pages', async () => {
    const paged = await pagesOf(byPages())
    const bulk = await pagesOf(inBulk())
    expect(shop.bulk.begun()).toBe(1)
    expect(landed(paged).size).toBe(ORDERS)
    expect(sorted(bulk)).toEqual(sorted(paged))
  })

  it('costs fewer points in bulk', async () => {
    const spent = async (context: ConnectorContext) => {
      let points = 0
      const http: ConnectorContext['http'] = {
        async request(request) {
          const answer = await context.http.request(request)
          const body = answer.body as { extensions?: { cost?: { actualQueryCost?: number } } }
          points += body.extensions?.cost?.actualQueryCost ?? 0
          return answer
        },
      }
      await pagesOf({ ...context, http })
      return points
    }
    // One page is read before it is known how much there is.
    expect(await spent(inBulk())).toBeLessThan(await spent(byPages()))
  })

  it('goes by pages where there is little, and where the past is short', async () => {
    await pagesOf(contextWith(ORDERS))
    const yesterday = new Date(polling.now() - 86_400_000).toISOString()
    await pagesOf(inBulk(), JSON.stringify({ updatedAt: yesterday }))
    expect(shop.bulk.begun()).toBe(0)
  })

  it('goes on in the file where a process died, and begins no second operation', async () => {
    const first = await pagesOf(inBulk(), null, page => (placeOf(page)?.at ?? 0) > 0)
    const { cursor } = first.at(-1)!
    const rest = await pagesOf(inBulk(), cursor)
    expect(shop.bulk.begun()).toBe(1)
    expect(shop.bulk.ranges.at(-1)).toMatch(`bytes=${placeOf(first.at(-1)!)!.at}-`)
    expect(idsOf([...first, ...rest]).size).toBe(ORDERS)
    // Only what the pass after it looks at again comes twice.
    expect(rest[0]!.messages.map(({ dedupeKey }) => dedupeKey)).not.toContain(
      first.at(-1)!.messages[0]!.dedupeKey,
    )
  })

  it('takes over the operation of a process that died before it could save its id', async () => {
    await pagesOf(inBulk(), null, () => true)
    expect(idsOf(await pagesOf(inBulk())).size).toBe(ORDERS)
    expect(shop.bulk.begun()).toBe(1)
  })

  it('asks for the whole order where it changed after the file was written', async () => {
    const [first] = await pagesOf(inBulk(), null, () => true)
    const fulfilled = [...shop.orders.values()].filter(({ fulfillments }) => fulfillments.length > 0)
    for (const { id } of fulfilled.slice(0, 5)) {
      opened.advance(1_000)
      shop.changeOrder(id, 'refund')
    }
    const rest = await pagesOf(inBulk(), first!.cursor)
    const now = new Set(landed(await pagesOf(byPages())).keys())
    expect([...now].filter(key => !landed([first!, ...rest]).has(key))).toEqual([])
    // Nothing is put together of what the order was and what it is.
    const changed = fulfilled.slice(0, 5).map(order => order.admin_graphql_api_id)
    const fromFile = [...landed(rest.filter(page => (placeOf(page)?.at ?? 0) > 0)).keys()]
    const ofChanged = fromFile.filter(key => changed.includes(key.split('|')[1]!))
    expect(ofChanged).toHaveLength(5)
    expect(ofChanged.filter(key => !now.has(key))).toEqual([])
  })

  it('says of orders in bulk that they are as old as the operation', async () => {
    const began = polling.now()
    const pages = await pagesOf(inBulk())
    const read = pages.filter(page => (placeOf(page)?.at ?? 0) > 0).flatMap(({ messages }) => messages)
    expect(read.length).toBe(ORDERS)
    for (const { eventAt } of read) expect(eventAt! - began).toBeLessThan(5_000)
  })

  it.each([
    ['FAILED', { status: 'FAILED', errorCode: 'TIMEOUT', share: 0.6 }],
    ['FAILED with nothing written', { status: 'FAILED', share: 0 }],
    ['CANCELED', { status: 'CANCELED', share: 0.3 }],
  ] as const)('reads what an operation left that ended as %s, and the rest by pages', async (_what, end) => {
    shop.bulk.endNext(end)
    const pages = await pagesOf(inBulk())
    expect(shop.bulk.begun()).toBe(1)
    expect(sorted(pages)).toEqual(sorted(await pagesOf(byPages())))
  })

  it('asks for authorisation where the app may not read what it asks for', async () => {
    shop.bulk.endNext({ status: 'FAILED', errorCode: 'ACCESS_DENIED', share: 0 })
    await expect(pagesOf(inBulk())).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
  })

  it('asks anew where the file is gone', async () => {
    const [first] = await pagesOf(inBulk(), null, () => true)
    shop.bulk.expire()
    const rest = await pagesOf(inBulk(), first!.cursor)
    expect(shop.bulk.begun()).toBe(2)
    expect(idsOf(rest).size).toBe(ORDERS)
  })

  it('is tried again, and not unauthorised, when the file store refuses', async () => {
    const pages = poll('order', null, inBulk())
    await pages.next()
    const refusing = inBulk({
      http: {
        request: request =>
          request.method === 'GET'
            ? Promise.resolve({ status: 403, headers: {}, body: Buffer.from('<Error/>') })
            : polling.http.request(request),
      },
    })
    await expect(pagesOf(refusing)).rejects.toMatchObject({ code: 'PARTNER_FAILED', recovery: 'retry' })
    await pages.return(undefined)
  })

  it('waits for a place where other operations of the app run', async () => {
    shop.bulk.occupy(5)
    const slept: number[] = []
    const sleep: ConnectorContext['sleep'] = ms => {
      slept.push(ms)
      if (slept.length === 2) shop.bulk.occupy(0)
      return polling.sleep(ms)
    }
    expect(idsOf(await pagesOf(inBulk({ sleep }))).size).toBe(ORDERS)
    expect(slept.slice(0, 2)).toEqual([30_000, 30_000])
  })

  it('hands over to the engine where no place becomes free', async () => {
    shop.bulk.occupy(5)
    await expect(pagesOf(inBulk())).rejects.toMatchObject({ code: 'PARTNER_THROTTLED', recovery: 'wait' })
  })
})
