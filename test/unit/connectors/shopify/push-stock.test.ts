import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ARTICLES } from '#connectors/storefronts/shopify/simulator/catalogue.ts'
import type { ConnectorContext, PushOperation } from '#core/contracts/connector.ts'
import { connection } from './context.ts'
import { interrupted, push } from './push.ts'
import { type OpenShop, openShop } from './shop.ts'

const TENT = ARTICLES[0]!
const WAREHOUSE = 87_063_199_881
const LINK = `${TENT.inventoryItem}@${WAREHOUSE}`

let opened: OpenShop

beforeEach(async () => {
  opened = await openShop()
})

afterEach(() => opened.close())

const level = (link = LINK) => opened.shop.stock.levels.get(link)!
const stock = (body: Record<string, unknown>, over: Partial<PushOperation> = {}, context = opened.polling) =>
  push(context, { body: { sku: TENT.sku, ...body }, ...over })

function withSettings(settings: Record<string, unknown>): ConnectorContext & typeof opened.polling {
  const { polling } = opened
  const { apiBaseUrl } = polling.connection.settings
  return { ...polling, connection: connection({ settings: { apiBaseUrl, ...settings } }) }
}

describe('stock to the shop', () => {
  it('finds the item by its SKU and names item and place as the shop’s own webhook does', async () => {
    expect(await stock({ available: 4 })).toMatchObject({ externalId: LINK })
    expect(level()).toMatchObject({ available: 4, onHand: 25, writes: 1 })
  })

  it('does not write what stands there', async () => {
    await stock({ available: 25 })
    expect(level().writes).toBe(0)
  })

  it('writes units on hand where the source tells no available ones', async () => {
    await stock({ onHand: 9 })
    expect(level()).toMatchObject({ available: 25, onHand: 9 })
  })

  it('takes whole units, and nothing below zero', async () => {
    await stock({ available: 3.9 })
    expect(level().available).toBe(3)
    await stock({ available: -2 })
    expect(level().available).toBe(0)
  })

  it('reads again when a sale came between, and does not undo it', async () => {
    const sale = () => opened.shop.setStock({ inventoryItem: TENT.inventoryItem, available: 24 })
    const context = interrupted(opened.polling, 'inventorySetQuantities', sale)
    await push(context, { body: { sku: TENT.sku, available: 7 } })
    expect(level()).toMatchObject({ available: 7, writes: 1 })
  })

  it('makes a change again that was undone in the shop', async () => {
    await stock({ available: 24 })
    opened.advance(60_000)
    opened.shop.setStock({ inventoryItem: TENT.inventoryItem, available: 25 })
    opened.advance(60_000)
    await stock({ available: 24 })
    expect(level()).toMatchObject({ available: 24, writes: 2 })
  })

  it('gives up for now when the figure never rests', async () => {
    let sold = 0
    const { polling } = opened
    const restless: ConnectorContext = {
      ...polling,
      http: {
        request(request) {
          if (JSON.stringify(request.body).includes('inventorySetQuantities'))
            opened.shop.setStock({ inventoryItem: TENT.inventoryItem, available: 100 + sold++ })
          return polling.http.request(request)
        },
      },
    }
    const refused = push(restless, { body: { sku: TENT.sku, available: 7 } })
    await expect(refused).rejects.toMatchObject({ code: 'PARTNER_CONFLICT', recovery: 'retry' })
  })

  it('uses the linked item without a search, unless its SKU went to another', async () => {
    await stock({ available: 5 }, { externalId: LINK })
    expect(level().available).toBe(5)
    const other = `${ARTICLES[1]!.inventoryItem}@${WAREHOUSE}`
    expect(await stock({ available: 6 }, { externalId: other })).toMatchObject({ externalId: LINK })
  })

  it.each([
    ['has no SKU', { sku: ' ', available: 1 }, 'PARTNER_REFUSED'],
    ['has a SKU that the shop does not know', { sku: 'TENT', available: 1 }, 'PARTNER_REFUSED'],
    ['is not counted', { tracked: false, available: 1 }, 'SOURCE_SKIPPED'],
    ['has no figure', {}, 'SOURCE_SKIPPED'],
  ])('a document that %s is not guessed at', async (_what, body, code) => {
    await expect(stock(body)).rejects.toMatchObject({ code })
  })

  it('goes to the location of the setting, by id, code or name of the place', async () => {
    opened.shop.setStock({ inventoryItem: TENT.inventoryItem, location: 7, available: 1 })
    const context = withSettings({ locations: { 'Halle 2': '7' }, locationId: String(WAREHOUSE) })
    const inHall = { available: 40, location: { externalId: 'w9', name: 'Halle 2' } }
    expect(await stock(inHall, {}, context)).toMatchObject({ externalId: `${TENT.inventoryItem}@7` })
    expect(await stock({ available: 41 }, {}, context)).toMatchObject({ externalId: LINK })
  })

  it('asks for a setting where an item lies in several places', async () => {
    opened.shop.setStock({ inventoryItem: TENT.inventoryItem, location: 7, available: 1 })
    await expect(stock({ available: 2 })).rejects.toMatchObject({ fingerprint: 'location' })
    const context = withSettings({ locations: { other: '7' } })
    const elsewhere = stock({ available: 2, location: { name: 'Annex' } }, {}, context)
    await expect(elsewhere).rejects.toMatchObject({ detail: expect.stringContaining('Annex') })
  })

  it('says that an item is not stocked at the location', async () => {
    const context = withSettings({ locationId: '8' })
    await expect(stock({ available: 2 }, {}, context)).rejects.toMatchObject({
      code: 'PARTNER_REFUSED',
      fingerprint: 'ITEM_NOT_STOCKED_AT_LOCATION',
    })
  })
})
