import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector, ConnectorContext, PolledPage } from '#core/contracts/connector.ts'
import type { Store } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { createAccept } from '#core/inbox/accept.ts'
import { messagePriority } from '#core/inbox/priority.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { noProbe } from '#core/kernel/probe.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { type BackfillDeps, type BackfillRequest, backfill } from '#core/sync/backfill.ts'

/** Changed at minute n; two a page, oldest first. */
const RECORDS = [1, 2, 3, 4, 5, 6]
const MINUTE = 60_000

let store: Store
let clock: Clock
/** Pauses pass at once; each is told. */
let onPause: (ms: number) => void
let deps: BackfillDeps
/** Cursors that the partner was asked with; what it says in place of a page. */
let asked: string[]
let faults: (HubError | undefined)[]
let priorities: (number | undefined)[]
let knowsTimes: boolean

beforeEach(() => {
  store = openSqliteStore({ url: ':memory:', engine: true })
  onPause = () => undefined
  clock = {
    now: () => Date.UTC(2026, 0, 15),
    timer(ms, callback) {
      onPause(ms)
      const handle = setImmediate(callback)
      return () => clearImmediate(handle)
    },
  }
  asked = []
  faults = []
  priorities = []
  knowsTimes = true
  const accept = createAccept({
    ...{ store, probe: noProbe, priorityOf: ({ via }) => messagePriority('order', via) },
    queue: { enqueue: async () => undefined },
    telemetry: {
      attempt: () => undefined,
      count: () => undefined,
      observe: () => undefined,
      log: () => undefined,
    },
  })
  deps = {
    ...{ store, accept, clock, mostPending: 100 },
    contextFor: (_connection, signal, work) => {
      priorities.push(work?.priority)
      return { signal } as ConnectorContext
    },
  }
})

afterEach(() => store.close())

async function* pages(from: string, sorted = true): AsyncGenerator<PolledPage> {
  for (let at = Number(from); ; at += 2) {
    asked.push(String(at))
    const fault = faults.shift()
    if (fault) throw fault
    const found = RECORDS.filter(n => n >= at && n < at + 2)
    if (found.length === 0) return
    yield {
      cursor: String(at + 2),
      ...(sorted ? { reached: Math.max(...found) * MINUTE } : {}),
      messages: found.map(n => ({
        topic: 'orders',
        dedupeKey: `order-${n}`,
        ...(knowsTimes ? { changedAt: n * MINUTE } : {}),
        headers: {},
        body: Buffer.from(`{"n":${n}}`),
      })),
    }
  }
}

const connector = (sorted = true): Connector =>
  ({
    manifest: {
      name: 'Shop',
      polls: {
        order: { everySeconds: 60, topic: 'orders', cursorAt: (since: number) => String(since / MINUTE) },
        inventory: { everySeconds: 60, topic: 'stock' },
      },
    },
    poll: (_feed: string, cursor: string | null) => pages(cursor ?? '1', sorted),
  }) as unknown as Connector

const connection = {
  id: 'shop',
  tenant: 'acme',
  connector: 'shop',
  settings: {},
} as unknown as LiveConnection

const run = (over: Partial<BackfillRequest> = {}) =>
  backfill(deps, {
    ...{ connection, connector: connector(), resource: 'order', since: MINUTE },
    ...{ signal: new AbortController().signal, ...over },
  })

const keysHeld = async () =>
  (await store.messages.list({}, { limit: 100 })).items.map(({ dedupeKey }) => dedupeKey).toSorted()

describe('a backfill', () => {
  it('brings what changed from a time on, behind everything else, and leaves the poll where it is', async () => {
    await store.cursors.put({ connection: 'shop', resource: 'order', value: '5', updatedAt: 1 })
    expect(await run({ since: 3 * MINUTE })).toMatchObject({
      ...{ received: 4, stored: 4, leftOut: 0, finished: true, resumed: false },
    })
    expect(await keysHeld()).toEqual(['order-3', 'order-4', 'order-5', 'order-6'])
    const { items } = await store.messages.list({}, { limit: 100 })
    expect(new Set(items.map(({ via }) => via))).toEqual(new Set(['backfill']))
    expect(
      new Set((await store.upkeep.due('translate', clock.now(), 9)).map(({ priority }) => priority)),
    ).toEqual(new Set([40]))
    expect(priorities).toEqual([40])
    expect((await store.cursors.get('shop', 'order'))?.value).toBe('5')
  })

  it('costs nothing the second time', async () => {
    await run()
    expect(await run()).toMatchObject({ received: 6, stored: 0, finished: true, resumed: false })
    expect(await keysHeld()).toHaveLength(6)
  })

  it('goes on where it was when the process died', async () => {
    faults = [undefined, new HubError('UNAUTHORIZED')]
    await expect(run()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    asked = []
    expect(await run()).toMatchObject({ received: 6, stored: 6, finished: true, resumed: true })
    expect(asked[0]).toBe('3')
  })

  it('begins anew when it is asked for something else', async () => {
    faults = [undefined, new HubError('UNAUTHORIZED')]
    await expect(run()).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    asked = []
    expect(await run({ since: 2 * MINUTE })).toMatchObject({ resumed: false, received: 5, stored: 4 })
    expect(asked[0]).toBe('2')
  })

  it('ends with its page when it is interrupted, and says so', async () => {
    const controller = new AbortController()
    const report = await run({ signal: controller.signal, onProgress: () => controller.abort() })
    expect(report).toMatchObject({ received: 2, finished: false })
    expect(await run()).toMatchObject({ received: 6, finished: true, resumed: true })
  })

  it('waits out what passes', async () => {
    const pauses: number[] = []
    onPause = ms => pauses.push(ms)
    faults = [
      undefined,
      new HubError('PARTNER_THROTTLED', { retryAfterMs: 5_000 }),
      new HubError('PARTNER_UNREACHABLE'),
    ]
    expect(await run()).toMatchObject({ received: 6, finished: true })
    expect(pauses).toEqual([5_000, 30_000])
  })

  it('gives up when nothing moves any more', async () => {
    faults = Array.from({ length: 20 }, () => new HubError('PARTNER_UNREACHABLE'))
    await expect(run()).rejects.toMatchObject({ code: 'PARTNER_UNREACHABLE' })
    expect(faults).toHaveLength(10)
  })

  it('leaves room in the inbox for live messages', async () => {
    deps.mostPending = 1
    const held: number[] = []
    onPause = async () => {
      held.push((await keysHeld()).length)
      if (held.length === 2) deps.mostPending = 100
    }
    const waits: number[] = []
    const onWait = (pending: number) => void waits.push(pending)
    expect(await run({ onWait })).toMatchObject({ received: 6, finished: true })
    expect(held.slice(0, 2)).toEqual([2, 2])
    expect(waits.slice(0, 2)).toEqual([2, 2])
  })
})

describe('the end of a backfill', () => {
  it('stands before what changed then or later, and stops a sorted list', async () => {
    expect(await run({ until: 4 * MINUTE })).toMatchObject({ received: 3, leftOut: 1, finished: true })
    expect(await keysHeld()).toEqual(['order-1', 'order-2', 'order-3'])
    expect(asked).toEqual(['1', '3'])
  })

  it('is looked for to the end of a list in no order', async () => {
    expect(await run({ until: 4 * MINUTE, connector: connector(false) })).toMatchObject({ leftOut: 3 })
    expect(asked.at(-1)).toBe('7')
  })

  it('is refused where records do not say when they changed', async () => {
    knowsTimes = false
    await expect(run({ until: 4 * MINUTE })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      detail: expect.stringContaining('does not say when'),
    })
    expect(await keysHeld()).toEqual([])
  })
})

describe('a feed that knows no time', () => {
  it.each(['inventory', 'product'] as const)('is refused, with those that do: %s', async resource => {
    await expect(run({ resource })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      detail: expect.stringMatching(/Shop (can only be read whole|is not polled).*: order\./),
    })
  })
})
