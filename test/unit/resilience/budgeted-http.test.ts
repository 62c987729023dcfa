import { beforeEach, describe, expect, it } from '@jest/globals'
import type { HttpResponse, Limits } from '#core/contracts/connector.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { createBudgetedHttp } from '#core/resilience/budgeted-http.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { createRateBudget, type RateBudget } from '#core/resilience/rate-budget.ts'

const LIMITS: Limits = {
  buckets: { calls: { capacity: 2, refillPerSecond: 1 } },
  price: ({ url }) => (url.endsWith('/free') ? null : { bucket: 'calls', operation: 'call', cost: 1 }),
  read: ({ headers }) => ({ available: headers['left'] === undefined ? undefined : Number(headers['left']) }),
}

let clock: ManualClock
let budget: RateBudget
let answers: Partial<HttpResponse>[]
let sent: number[]
let waited: number[]

beforeEach(() => {
  clock = new ManualClock()
  budget = createRateBudget({ buckets: createEmbeddedState(clock).buckets, clock, random: () => 0 })
  answers = []
  sent = []
  waited = []
})

const started = () => clock.now() - Date.UTC(2026, 0, 15, 12)

function client() {
  return createBudgetedHttp({
    http: {
      async request() {
        sent.push(started())
        return { status: 200, headers: {}, body: '', ...answers.shift() }
      },
    },
    ...{ budget, limits: LIMITS, account: 'acme', priority: 10, clock, random: () => 0 },
    onWait: ms => waited.push(ms),
    onError: thrown => {
      throw thrown
    },
  })
}

const get = (path = '/x', safeToRepeat = false) =>
  client().request({ method: 'GET', url: `https://partner.test${path}`, safeToRepeat })

describe('an HTTP client with a budget', () => {
  it('sends nothing before the account can pay it, whichever client asks', async () => {
    for (let call = 0; call < 4; call++) void get()
    await clock.advance(5_000)
    expect(sent).toEqual([0, 0, 1_000, 2_000])
    expect(waited).toEqual([0, 0, 1_000, 2_000])
  })

  it('holds up no call that the partner does not count', async () => {
    await Promise.all([get(), get(), get('/free'), get('/free')])
    expect(sent).toEqual([0, 0, 0, 0])
  })

  it('pays for every repetition, and none comes before the rest that the partner asked for', async () => {
    answers = [{ status: 429, headers: { 'retry-after': '7' } }]
    const answered = get('/x', true)
    void get()
    await clock.advance(20_000)
    expect((await answered).status).toBe(200)
    expect(sent.every(at => at === 0 || at >= 7_000)).toBe(true)
    expect(sent).toHaveLength(3)
  })

  it('rests a second after a 429 that does not say how long', async () => {
    answers = [{ status: 429 }]
    await get()
    void get()
    await clock.advance(5_000)
    expect(sent).toEqual([0, 1_000])
  })

  it('believes the partner when less is left than it counted itself', async () => {
    answers = [{ headers: { left: '0' } }]
    await get()
    void get()
    await clock.advance(5_000)
    expect(sent).toEqual([0, 1_000])
  })
})
