import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { ConnectorContext, HttpResponse } from '#core/contracts/connector.ts'
import { createBudgetedHttp } from '#core/resilience/budgeted-http.ts'
import type { RateBudget } from '#core/resilience/rate-budget.ts'
import { CRASH_LIMIT, type EngineHarness, engineHarness, LEASE_MS } from '../../support/engine-harness.ts'

/** How one life of a process ends for the work in its hand. */
type Life = 'dies waiting' | 'waits, dies working' | 'waits, works'

const WAIT_MS = 5_000
const DELIVERY = 'order:acme:shop:1>erp'
const never = new Promise<never>(() => undefined)
const OK: HttpResponse = { status: 200, headers: {}, body: '' }

let hub: EngineHarness
let message: string

beforeEach(async () => {
  hub = await engineHarness()
  message = await hub.receive({ id: '1', rev: 1 })
})
afterEach(() => hub.close())

/** The partner is called at the end of a wait for the budget, as every connector with limits does it. */
function ending(life: Life): void {
  const { clock } = hub
  const budget: RateBudget = {
    async take() {
      await new Promise<void>(resolve => clock.timer(WAIT_MS, resolve))
      return life === 'dies waiting' ? never : 1
    },
    learn: async () => undefined,
  }
  hub.calls.http = ({ priority = 0, watch }) =>
    createBudgetedHttp({
      http: { request: async () => (life === 'waits, works' ? OK : never) },
      ...{ budget, account: 'acme', priority, watch, clock, random: () => 0 },
      limits: {
        buckets: { calls: { capacity: 1, refillPerSecond: 1 } },
        price: () => ({ bucket: 'calls', operation: 'get', cost: 1 }),
      },
      onWait: () => undefined,
      onError: thrown => {
        throw thrown
      },
    })
}

/** What was begun writes down what it has to. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise(resolve => setImmediate(resolve))
}

const calling = (context: ConnectorContext) =>
  context.http.request({ method: 'GET', url: 'https://partner.test' })

const works = {
  message: {
    async begin() {
      hub.shop.look = calling
    },
    run: () => hub.translate(message, new AbortController().signal),
    get: () => hub.store.messages.get(message),
    ended: 'done',
  },
  delivery: {
    async begin() {
      await hub.translate(message, new AbortController().signal)
      hub.erp.look = calling
    },
    run: () => hub.deliver(DELIVERY, new AbortController().signal),
    get: () => hub.store.deliveries.get(DELIVERY),
    ended: 'confirmed',
  },
}

describe.each(['message', 'delivery'] as const)('a %s in hand when processes die', name => {
  const work = works[name]
  const letters = async () => (await hub.store.deadLetters.list({})).items.map(({ code }) => code)

  /** Nothing of a life that died comes back, and its lease lapses. */
  async function lives(life: Life, times = 1): Promise<void> {
    for (let nth = 0; nth < times; nth++) {
      ending(life)
      const ended = work.run()
      for (let passed = 0; passed < LEASE_MS; passed += 1_000) {
        await turns()
        await hub.clock.advance(1_000)
      }
      if (life === 'waits, works') await ended
    }
  }

  beforeEach(() => work.begin())

  it('is not to blame, however many die while it waits', async () => {
    await lives('dies waiting', 3 * CRASH_LIMIT)
    expect(await work.get()).toMatchObject({ state: 'pending', claims: 1 })
    await lives('waits, works')
    expect(await work.get()).toMatchObject({ state: work.ended, claims: 0 })
    expect(await letters()).toEqual([])
  })

  it('is to blame for those that die when it works, though it waited before', async () => {
    await lives('waits, dies working', CRASH_LIMIT)
    expect(await work.get()).toMatchObject({ state: 'pending', claims: CRASH_LIMIT })
    await lives('waits, works')
    expect(await letters()).toEqual(['CRASH_LOOP'])
  })

  it('keeps the blame it has while it waits', async () => {
    await lives('waits, dies working', CRASH_LIMIT - 1)
    await lives('dies waiting', 5)
    expect(await work.get()).toMatchObject({ claims: CRASH_LIMIT - 1 })
    await lives('waits, dies working')
    await lives('waits, works')
    expect(await letters()).toEqual(['CRASH_LOOP'])
  })
})
