import { expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import {
  attemptAt,
  candidate,
  claimOf,
  connection,
  finding,
  key,
  letter,
  message,
  published,
  stockItem,
  T0,
  wanted,
} from './samples.ts'

/** Everything that the store holds of one of each record. */
const contents = async (store: Store) => ({
  message: await store.messages.get('m1'),
  document: await store.documents.get(candidate('1').id),
  delivery: await store.deliveries.get('d1'),
  letters: await store.deadLetters.list({}),
  connections: await store.connections.list(),
  cursors: await store.cursors.list(),
  links: await store.links.list('order:1'),
  stats: await store.stats.read({ from: 0, to: T0 * 2 }),
  audit: await store.audit.list(),
  keys: await store.keys.list('api'),
  mappings: await store.mappings.list({}),
  drift: await store.drift.list({}),
  stock: await store.stock.list({}),
  backlog: await store.upkeep.backlog(),
  pending: await store.upkeep.pendingMessages(),
})

export function durabilitySuite(subject: Subject, reopen: (store: Store) => Promise<Store>): void {
  it('holds after reopening all that it held before', async () => {
    const { store } = subject
    await store.messages.insert(message('m1'))
    await store.messages.claim('m1', claimOf('t'))
    await store.messages.settle('m1', 't', { state: 'done', documents: ['d1'], attempt: attemptAt(T0) })
    await store.documents.upsert(candidate('1'), T0)
    await store.deliveries.want(wanted('d1'), T0)
    await store.deadLetters.open(letter('m1'))
    await store.connections.put(connection('shop'))
    await store.cursors.put({ connection: 'shop', resource: 'order', value: 'v', updatedAt: T0 })
    await store.links.put({ document: 'order:1', connection: 'erp', externalId: 'SO-1', createdAt: T0 })
    await store.stats.add([{ minute: T0, series: 's', counts: { done: 1 }, latency: [1] }])
    await store.audit.append({ at: T0, actor: 'key-1', action: 'a', subject: 's', detail: {} })
    await store.keys.put(key('k1'))
    await store.mappings.publish(published(), 0)
    await store.drift.add([finding()])
    await store.stock.change('acme:TENT-2', () => stockItem('TENT-2', { nextAt: T0 }))
    const before = await contents(store)
    subject.store = await reopen(store)
    expect(await contents(subject.store)).toEqual(before)
  })

  it('keeps writes that were asked for before it was closed', async () => {
    const { store } = subject
    const inserts = Promise.all(
      Array.from({ length: 20 }, (_, index) => store.messages.insert(message(`m${index}`))),
    )
    subject.store = await reopen(store)
    await inserts
    expect((await subject.store.messages.list({})).total).toBe(20)
  })

  it('lets the token of a lease grow over restarts', async () => {
    const before = await subject.store.leases.acquire('sweeper', 'a', T0, T0 + 1)
    subject.store = await reopen(subject.store)
    const after = await subject.store.leases.acquire('sweeper', 'b', T0 + 1, T0 + 2)
    expect(after!.token).toBeGreaterThan(before!.token)
  })
}
