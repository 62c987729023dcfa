import { beforeEach, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import type { ErrorCode } from '#core/errors/register.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { type Breakers, createBreakers } from '#core/resilience/circuit-breaker.ts'

let clock: ManualClock
let breakers: Breakers
let calls: number

beforeEach(() => {
  clock = new ManualClock()
  breakers = createBreakers({ clock, failures: 3 })
  calls = 0
})

const works = async () => {
  calls += 1
  return 'ok'
}

const fails = (code: ErrorCode, status?: number) => async () => {
  calls += 1
  throw new HubError(code, { status })
}

const codeOf = (ran: Promise<unknown>): Promise<string> =>
  ran.then(
    () => 'ok',
    (error: HubError) => error.code,
  )

async function run(call: () => Promise<unknown>, times = 1, connection = 'erp'): Promise<string[]> {
  const codes: string[] = []
  for (let i = 0; i < times; i++) codes.push(await codeOf(breakers.run(connection, call)))
  return codes
}

describe('a circuit', () => {
  it('opens after outages in a row and then refuses without calling', async () => {
    expect(await run(fails('PARTNER_UNREACHABLE'), 5)).toEqual([
      ...Array(3).fill('PARTNER_UNREACHABLE'),
      ...Array(2).fill('CIRCUIT_OPEN'),
    ])
    expect(calls).toBe(3)
    expect(breakers.openUntil('erp')).toBe(clock.now() + 2_000)
  })

  it('says how long to wait', async () => {
    await run(fails('PARTNER_FAILED', 500), 3)
    await clock.advance(500)
    await expect(breakers.run('erp', works)).rejects.toMatchObject({
      code: 'CIRCUIT_OPEN',
      retryAfterMs: 1_500,
    })
  })

  it('is of one connection alone', async () => {
    await run(fails('PARTNER_TIMEOUT'), 3)
    expect(await run(works, 1, 'other')).toEqual(['ok'])
    expect(breakers.openUntil('other')).toBeNull()
  })

  it.each([
    ['PARTNER_REFUSED', 422],
    ['PARTNER_CONFLICT', 409],
    ['UNAUTHORIZED', 401],
    ['PARTNER_THROTTLED', 429],
    ['PARTNER_TIMEOUT', 408],
    ['UNEXPECTED', undefined],
    ['HOST_FORBIDDEN', undefined],
  ] as const)('stays closed for %s (%p): that is no outage', async (code, status) => {
    expect(await run(fails(code, status), 10)).toEqual(Array(10).fill(code))
    expect(breakers.openUntil('erp')).toBeNull()
  })

  it.each([
    ['an answer', works],
    ['a refusal', fails('PARTNER_REFUSED', 422)],
  ])('starts counting anew after %s', async (_name, sign) => {
    await run(fails('PARTNER_FAILED', 503), 2)
    await run(sign)
    await run(fails('PARTNER_FAILED', 503), 2)
    expect(breakers.openUntil('erp')).toBeNull()
  })

  it('gives back the thrown error itself, also one that is not a HubError', async () => {
    const odd = new TypeError('odd')
    await expect(breakers.run('erp', () => Promise.reject(odd))).rejects.toBe(odd)
  })
})

describe('recovery', () => {
  const open = () => run(fails('PARTNER_UNREACHABLE'), 3)

  it('closes with the first call that works after the rest', async () => {
    await open()
    await clock.advance(2_000)
    expect(breakers.openUntil('erp')).toBeNull()
    expect(await run(works, 3)).toEqual(['ok', 'ok', 'ok'])
  })

  it('closes with a refusal too: the partner is back', async () => {
    await open()
    await clock.advance(2_000)
    await run(fails('PARTNER_REFUSED', 422))
    expect(await run(works)).toEqual(['ok'])
  })

  it('lets one trial through and refuses the others while it runs', async () => {
    await open()
    await clock.advance(2_000)
    const trial = Promise.withResolvers<string>()
    const first = breakers.run('erp', () => trial.promise)
    expect(await run(works, 2)).toEqual(['CIRCUIT_OPEN', 'CIRCUIT_OPEN'])
    expect(breakers.openUntil('erp')).toBeGreaterThan(clock.now())
    trial.resolve('back')
    expect(await first).toBe('back')
    expect(await run(works)).toEqual(['ok'])
  })

  it('rests twice as long after every failed trial, up to thirty seconds, and two seconds again after a recovery', async () => {
    await open()
    const rests: number[] = []
    for (let i = 0; i < 7; i++) {
      rests.push(breakers.openUntil('erp')! - clock.now())
      await clock.advance(rests.at(-1)!)
      await run(fails('PARTNER_UNREACHABLE'))
    }
    expect(rests).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    await clock.advance(30_000)
    await run(works)
    await open()
    expect(breakers.openUntil('erp')! - clock.now()).toBe(2_000)
  })

  it('tells every change, until it is told to stop', async () => {
    const seen: string[] = []
    const stop = breakers.onChange((connection, state) => seen.push(`${connection} ${state}`))
    await open()
    await clock.advance(2_000)
    await run(works)
    expect(seen).toEqual(['erp open', 'erp half-open', 'erp closed'])
    stop()
    await open()
    expect(seen).toHaveLength(3)
  })
})
