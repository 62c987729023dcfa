import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ARTICLES } from '#connectors/storefronts/shopify/simulator/catalogue.ts'
import type { PushOperation } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { gathering, outcomes } from '../../../support/gathering.ts'
import { interrupted, push } from './push.ts'
import { type OpenShop, openShop } from './shop.ts'

const [TENT] = ARTICLES as [(typeof ARTICLES)[number]]
/** As many as one search finds. */
const MANY = ARTICLES.slice(0, 10)
const WAREHOUSE = 87_063_199_881
const linkOf = ({ inventoryItem }: { inventoryItem: number }) => `${inventoryItem}@${WAREHOUSE}`
const LINK = linkOf(TENT)

let opened: OpenShop
let context: ReturnType<typeof gathering<OpenShop['polling']>>

beforeEach(async () => {
  opened = await openShop()
  context = gathering(opened.polling)
})

afterEach(() => opened.close())

const level = (link = LINK) => opened.shop.stock.levels.get(link)!
const shows = (available: number) => opened.shop.setStock({ inventoryItem: TENT.inventoryItem, available })
const stock = (available: number, over: Partial<PushOperation> = {}, through = context) =>
  push(through, { body: { sku: TENT.sku, available }, externalId: LINK, ...over })

describe('stock to a shop of which the hub knows what it shows', () => {
  it('is swapped without a look', async () => {
    expect(await stock(4, { expected: 25 })).toEqual({ externalId: LINK, status: 200, found: 25 })
    expect(level()).toMatchObject({ available: 4, writes: 1 })
    expect(context.sent).toHaveLength(1)
  })

  it.each<[string, { expected: number; found: number; wanted: number; shown: number }]>([
    ['takes off what was sold unseen', { expected: 25, found: 23, wanted: 20, shown: 18 }],
    ['goes no lower than zero', { expected: 25, found: 3, wanted: 10, shown: 0 }],
    ['gives nothing back when it raises', { expected: 5, found: 3, wanted: 9, shown: 7 }],
    ['shows what is wanted where goods came back', { expected: 20, found: 25, wanted: 10, shown: 10 }],
    ['lowers again what may have been written before', { expected: 25, found: 20, wanted: 20, shown: 15 }],
  ])('%s', async (_promise, { expected, found, wanted, shown }) => {
    shows(found)
    expect(await stock(wanted, { expected })).toMatchObject({ found })
    expect(level().available).toBe(shown)
  })

  it('writes nothing where what is left is what is to be shown', async () => {
    shows(3)
    expect(await stock(5, { expected: 5 })).toMatchObject({ found: 3 })
    expect(level()).toMatchObject({ available: 3, writes: 0 })
  })

  it('counts a sale between look and swap', async () => {
    shows(20)
    const selling = interrupted(context, '"changeFromQuantity":20', () => shows(19))
    expect(await push(selling, { body: { sku: TENT.sku, available: 10 }, expected: 25 })).toMatchObject({
      found: 19,
    })
    expect(level().available).toBe(4)
  })

  it('is answered from the memory of the shop when its answer was lost', async () => {
    const operation = { expected: 25, revision: 7 }
    await stock(4, operation)
    shows(3)
    expect(await stock(4, { ...operation, uncertain: true })).toMatchObject({ found: 25 })
    expect(level()).toMatchObject({ available: 3, writes: 1 })
  })

  it('names both numbers when the figure never rests', async () => {
    let sold = 0
    const restless = {
      ...context,
      http: {
        request(request: Parameters<typeof context.http.request>[0]) {
          if (JSON.stringify(request.body).includes('inventorySetQuantities')) shows(100 + sold++)
          return context.http.request(request)
        },
      },
    }
    const refused = push(restless, { body: { sku: TENT.sku, available: 7 }, expected: 25 })
    await expect(refused).rejects.toMatchObject({
      code: 'PARTNER_CONFLICT',
      detail: expect.stringMatching(/shows 104, expected were 25, 7 are/),
    })
  })
})

describe('stock of many items at the same time', () => {
  const all = (over: (index: number) => Partial<PushOperation>) =>
    MANY.map((article, index) =>
      push(context, {
        body: { sku: article.sku, available: index },
        externalId: linkOf(article),
        idempotencyKey: `stock:${article.sku}`,
        ...over(index),
      }),
    )
  const available = () => MANY.map(article => level(linkOf(article)).available)

  it('goes out as one mutation', async () => {
    await Promise.all(all(() => ({ expected: 25 })))
    expect(available()).toEqual(MANY.map((_, index) => index))
    expect(context.sent).toHaveLength(1)
  })

  it('of which nothing is known is found, looked at and written in one call each', async () => {
    const { settings } = context.connection
    Object.assign(settings, { locationId: String(WAREHOUSE) })
    await Promise.all(all(() => ({ externalId: null })))
    expect(available()).toEqual(MANY.map((_, index) => index))
    const looks = context.sent.filter(({ body }) => JSON.stringify(body).includes('CrossdockStockAt'))
    const writes = context.sent.filter(({ body }) => JSON.stringify(body).includes('CrossdockSetStock'))
    expect([looks.length, writes.length]).toEqual([1, 1])
  })

  it('keeps what is refused to itself, and looks again only at what was sold meanwhile', async () => {
    opened.shop.setStock({ inventoryItem: MANY[1]!.inventoryItem, available: 20 })
    const gone = { externalId: `999@${WAREHOUSE}`, body: { sku: 'NO-SUCH', available: 1 } }
    const answers = await outcomes(all(index => ({ expected: 25, ...(index === 2 ? gone : {}) })))
    expect(answers[1]).toMatchObject({ found: 20 })
    expect(answers[2]).toMatchObject({ code: 'PARTNER_REFUSED' })
    const others = answers.filter((_, index) => index !== 1 && index !== 2)
    expect(others).toEqual(others.map(() => expect.objectContaining({ found: 25 })))
    expect(available().slice(0, 4)).toEqual([0, 0, 25, 3])
  })

  it('leaves out whose lease has ended', async () => {
    const late = new HubError('LEASE_LAPSED')
    const sending = () => {
      throw late
    }
    const answers = await outcomes(all(index => ({ expected: 25, ...(index === 1 ? { sending } : {}) })))
    expect(answers[1]).toBe(late)
    expect(answers.filter(answer => answer instanceof Error)).toHaveLength(1)
    expect(available().slice(0, 3)).toEqual([0, 25, 2])
  })

  it('writes two documents about one item one after the other', async () => {
    const twice = ['a', 'b'].map(key => stock(9, { expected: 25, idempotencyKey: key }))
    expect(await Promise.all(twice)).toHaveLength(2)
    expect(level().available).toBeLessThanOrEqual(9)
  })
})
