import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Queue } from '#core/contracts/queue.ts'
import type { Store } from '#core/contracts/store.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { createSweep } from '#core/sync/sweep.ts'
import { message, wanted } from '../../conformance/store/samples.ts'

const LEASE_MS = 60_000

let clock: ManualClock
let store: Store
let enqueued: string[]
let resting: string[]
let sweep: ReturnType<typeof newSweep>

const topic = { waiting: 0, delayed: 0, running: 0 }
const queue = {
  stats: async () => ({ topics: { translate: topic, deliver: topic, publish: topic }, dropped: 0 }),
  enqueue: async (_topic, id) => void enqueued.push(id),
} as Pick<Queue, 'stats' | 'enqueue'> as Queue

beforeEach(() => {
  clock = new ManualClock()
  store = openSqliteStore({ url: ':memory:', engine: true })
  enqueued = []
  resting = []
  sweep = newSweep()
})
afterEach(() => store.close())

/** A process that has just started. */
const newSweep = () => createSweep({ store, queue, clock, leaseMs: LEASE_MS, resting: () => resting })

const until = () => clock.now() + LEASE_MS
const claim = (id: string, token = 't') =>
  store.messages.claim(id, { token, now: clock.now(), until: until() })
const attempt = () => ({ at: clock.now(), ms: 1, outcome: 'done' })

/** What one sweep hands out. */
async function handedOut(): Promise<string[]> {
  enqueued = []
  expect(await sweep()).toBe(enqueued.length)
  return enqueued.toSorted()
}

/** Messages that were in hand in so many crashes in a row. */
async function crashed(ids: readonly string[], crashes: number): Promise<void> {
  for (const id of ids) await store.messages.insert(message(id, { receivedAt: clock.now() }))
  for (let crash = 0; crash < crashes; crash++) {
    for (const id of ids) await claim(id, `crash-${crash}`)
    await clock.advance(LEASE_MS)
  }
}

describe('the sweep', () => {
  it('hands out all that is due, of one crash, too', async () => {
    await crashed(['a', 'b'], 1)
    await crashed(['c'], 0)
    expect(await handedOut()).toEqual(['a', 'b', 'c'])
  })

  it('hands out one suspect, the same until somebody has it in hand, beside all others', async () => {
    await crashed(['a', 'b', 'c'], 2)
    await crashed(['new'], 0)
    expect([await handedOut(), await handedOut()]).toEqual([
      ['a', 'new'],
      ['a', 'new'],
    ])
  })

  it('hands out no other while the suspect is in hand', async () => {
    await crashed(['a', 'b'], 2)
    await handedOut()
    await claim('a')
    expect(await handedOut()).toEqual([])
    await clock.advance(LEASE_MS - 1)
    expect(await handedOut()).toEqual([])
  })

  it.each(['done', 'dead', 'pending'] as const)(
    'hands out the next when the suspect ends %s',
    async state => {
      await crashed(['a', 'b'], 2)
      await handedOut()
      await claim('a')
      await handedOut()
      const nextAt = until()
      await store.messages.settle('a', 't', { state, nextAt, attempt: attempt() })
      expect(await handedOut()).toEqual(['b'])
      await claim('b')
      expect(await handedOut()).toEqual([])
    },
  )

  it('hands out a suspect again whose claim lapsed, before any other', async () => {
    await crashed(['a', 'b'], 2)
    await handedOut()
    await claim('a')
    await clock.advance(LEASE_MS)
    expect([await handedOut(), await handedOut()]).toEqual([['a'], ['a']])
  })

  it('hands out no other while the suspect waits, because nobody knows when it goes on', async () => {
    await crashed(['a', 'b'], 2)
    await handedOut()
    await claim('a')
    await store.messages.recount('a', 't', 2)
    expect(await handedOut()).toEqual([])
  })

  it('hands out the next when the suspect ended and is in hand anew', async () => {
    await crashed(['a', 'b'], 2)
    await handedOut()
    await claim('a')
    await store.messages.settle('a', 't', { state: 'pending', attempt: attempt() })
    await claim('a')
    expect(await handedOut()).toEqual(['b'])
  })

  it('goes on when the suspect is gone from the store', async () => {
    await crashed(['a', 'b'], 2)
    await handedOut()
    await claim('a')
    await store.messages.settle('a', 't', { state: 'done', attempt: attempt() })
    await store.upkeep.purge('messages', until(), 10)
    expect(await handedOut()).toEqual(['b'])
  })

  it('knows of no suspect when it has just started: what was in hand died with the process', async () => {
    await crashed(['a', 'b'], 2)
    await handedOut()
    await claim('a')
    sweep = newSweep()
    expect(await handedOut()).toEqual(['b'])
  })
})

describe('the sweep of deliveries', () => {
  async function crashedDeliveries(given: Record<string, string>): Promise<void> {
    for (const [id, destination] of Object.entries(given))
      await store.deliveries.want(wanted(id, { destination }), clock.now())
    for (const token of ['first', 'second']) {
      for (const id of Object.keys(given))
        await store.deliveries.claim(id, { token, now: clock.now(), until: until() })
      await clock.advance(LEASE_MS)
    }
  }

  it('does not wait for a suspect whose destination rests', async () => {
    await crashedDeliveries({ a: 'down', b: 'erp' })
    expect(await handedOut()).toEqual(['a'])
    resting = ['down']
    expect(await handedOut()).toEqual(['b'])
  })

  it('hands out none beside a suspect among the messages, and the other way round', async () => {
    await crashedDeliveries({ d: 'erp' })
    await crashed(['m'], 2)
    expect(await handedOut()).toEqual(['m'])
    await claim('m')
    expect(await handedOut()).toEqual([])
    await store.messages.settle('m', 't', { state: 'done', attempt: attempt() })
    expect(await handedOut()).toEqual(['d'])
    await crashed(['n'], 2)
    expect(await handedOut()).toEqual(['d'])
  })

  it('hands out no other while the suspect is in hand', async () => {
    await crashedDeliveries({ a: 'erp', b: 'erp' })
    await handedOut()
    await store.deliveries.claim('a', { token: 't', now: clock.now(), until: until() })
    expect(await handedOut()).toEqual([])
    await store.deliveries.settle('a', 't', { state: 'confirmed', revision: 1, attempt: attempt() })
    expect(await handedOut()).toEqual(['b'])
  })
})
