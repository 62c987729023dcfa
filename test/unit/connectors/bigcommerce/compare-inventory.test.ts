import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { push } from '#connectors/storefronts/bigcommerce/push.ts'
import { channelRule, LedgerItem, SETTLE_MS, stockRule } from '../../../support/stock-market.ts'
import { AT, type OpenStore, openStore, operation } from './store.ts'

const HOUR_MS = 3_600_000

describe('the compare with a BigCommerce store', () => {
  let store: OpenStore
  let ledger: LedgerItem
  const article = () => store.simulator.store.stock.get(509)!
  const offer = () => ledger.item.offers['bc']!

  /** What the ledger wants of the store now, and what came of it. */
  async function write(): Promise<void> {
    const { sent } = ledger.tell({ kind: 'begun', channel: 'bc' }).offers['bc']!
    if (!sent) return
    const { quantity: available, expected, since: expectedSince } = sent
    const body = { sku: 'SYLT-S', available }
    const given = operation({ resource: 'inventory', body, expected, expectedSince })
    const { found } = await push(given, { ...store.context, now: () => ledger.now })
    ledger.tell({ kind: 'confirmed', channel: 'bc', found })
  }

  async function compare(): Promise<void> {
    ledger.tell({ kind: 'checked' })
    await write()
  }

  beforeEach(async () => {
    store = await openStore()
    store.simulator.store.putStock(509, 'SYLT-S', 0)
    ledger = new LedgerItem(stockRule({ channels: { bc: channelRule() } }), AT)
    ledger.count(5)
    await write()
    ledger.now += HOUR_MS
  })
  afterEach(() => store.close())

  it('finds what somebody added there, and takes it back', async () => {
    article().onHand += 4
    await compare()
    expect(offer().drift).toEqual({ quantity: 4, at: ledger.now })
    expect(article().onHand).toBe(5)
  })

  it('finds what was taken off, and puts it back once no order can be on its way', async () => {
    article().onHand -= 2
    await compare()
    expect(offer().drift).toEqual({ quantity: -2, at: ledger.now })
    expect(article().onHand).toBe(3)
    ledger.now += SETTLE_MS + 1
    ledger.tell({ kind: 'reviewed' })
    await write()
    expect(article().onHand).toBe(5)
  })

  it('writes nothing where both agree', async () => {
    const { writes } = article()
    await compare()
    expect(offer().drift).toBeUndefined()
    expect(offer().shown).toBe(5)
    expect(article().writes).toBe(writes)
  })
})
