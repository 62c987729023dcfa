import { afterEach, beforeEach, describe } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { auditSuite } from './store/audit.suite.ts'
import { connectionsSuite } from './store/connections.suite.ts'
import { deadLettersSuite } from './store/dead-letters.suite.ts'
import { deliveriesSuite } from './store/deliveries.suite.ts'
import { deliveryBudgetsSuite } from './store/delivery-budgets.suite.ts'
import { documentsSuite } from './store/documents.suite.ts'
import { driftSuite } from './store/drift.suite.ts'
import { duesSuite } from './store/dues.suite.ts'
import { durabilitySuite } from './store/durability.suite.ts'
import { erasureSuite } from './store/erasure.suite.ts'
import { keysSuite } from './store/keys.suite.ts'
import { leasesSuite } from './store/leases.suite.ts'
import { linksAndCursorsSuite } from './store/links-and-cursors.suite.ts'
import { listsSuite } from './store/lists.suite.ts'
import { messageClaimsSuite } from './store/message-claims.suite.ts'
import { messageRangesSuite } from './store/message-ranges.suite.ts'
import { messagesSuite } from './store/messages.suite.ts'
import { publishedMappingsSuite } from './store/published-mappings.suite.ts'
import { recountsSuite } from './store/recounts.suite.ts'
import { statsSuite } from './store/stats.suite.ts'
import { stockSuite } from './store/stock.suite.ts'
import { upkeepSuite } from './store/upkeep.suite.ts'

export interface StoreHarness {
  name: string
  /** An empty store. */
  open(): Promise<Store>
  /** Closes the store and opens the same data again; left out where nothing outlives closing. */
  reopen?(store: Store): Promise<Store>
  /** Closes the store and removes its data. */
  close(store: Store): Promise<void>
}

/** The store of the running test. */
export interface Subject {
  store: Store
}

/** Every promise of `core/contracts/store.ts`, for any driver. */
export function storeSuite(harness: StoreHarness): void {
  describe(`the ${harness.name} store`, () => {
    const subject = {} as Subject

    beforeEach(async () => {
      subject.store = await harness.open()
    })
    afterEach(() => harness.close(subject.store))

    describe('messages', () => messagesSuite(subject))
    describe('claims of messages', () => messageClaimsSuite(subject))
    describe('documents', () => documentsSuite(subject))
    describe('deliveries', () => deliveriesSuite(subject))
    describe('budgets of deliveries', () => deliveryBudgetsSuite(subject))
    describe('recounted claims', () => recountsSuite(subject))
    describe('dead letters', () => deadLettersSuite(subject))
    describe('connections', () => connectionsSuite(subject))
    describe('links and cursors', () => linksAndCursorsSuite(subject))
    describe('leases', () => leasesSuite(subject))
    describe('stats', () => statsSuite(subject))
    describe('audit', () => auditSuite(subject))
    describe('keys', () => keysSuite(subject))
    describe('lists', () => listsSuite(subject))
    describe('ranges of messages', () => messageRangesSuite(subject))
    describe('published mappings', () => publishedMappingsSuite(subject))
    describe('drift', () => driftSuite(subject))
    describe('stock', () => stockSuite(subject))
    describe('erasure', () => erasureSuite(subject))
    describe('due work', () => duesSuite(subject))
    describe('upkeep', () => upkeepSuite(subject))
    if (harness.reopen) describe('durability', () => durabilitySuite(subject, harness.reopen!))
  })
}
