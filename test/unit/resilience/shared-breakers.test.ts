import { beforeEach, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { createBreakers } from '#core/resilience/circuit-breaker.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { createSharedBreakers, type SharedBreakers } from '#core/resilience/shared-breakers.ts'

let clock: ManualClock
let one: SharedBreakers
let two: SharedBreakers
let calls: number

beforeEach(() => {
  clock = new ManualClock()
  calls = 0
  const { circuits } = createEmbeddedState(clock)
  const make = () =>
    createSharedBreakers({
      ...{ breakers: createBreakers({ clock, failures: 3 }), circuits, clock },
      onError: thrown => {
        throw thrown
      },
    })
  one = make()
  two = make()
})

const works = async () => {
  calls += 1
  return 'ok'
}
const fails = async () => {
  calls += 1
  throw new HubError('PARTNER_UNREACHABLE')
}
const refused = async () => {
  throw new HubError('PARTNER_REFUSED', { status: 422 })
}
const codeOf = (ran: Promise<unknown>): Promise<string> => ran.then(String, (error: HubError) => error.code)

/** The partner fails until the first process leaves it alone; the second has heard of it. */
async function open(): Promise<void> {
  for (let call = 0; call < 3; call++) await codeOf(one.run('erp', fails))
  await two.refresh()
  calls = 0
}

describe('circuits of many processes', () => {
  it('rest together', async () => {
    await open()
    expect(two.openUntil('erp')).toBe(clock.now() + 2_000)
    expect(await codeOf(two.run('erp', works))).toBe('CIRCUIT_OPEN')
    expect(two.openUntil('other')).toBeNull()
    expect(calls).toBe(0)
  })

  it('let one process make the trial', async () => {
    await open()
    await clock.advance(2_000)
    const trial = Promise.withResolvers<string>()
    const first = two.run('erp', () => trial.promise)
    await clock.advance(0)
    expect(await codeOf(one.run('erp', works))).toBe('CIRCUIT_OPEN')
    trial.resolve('back')
    expect(await first).toBe('back')
    expect(calls).toBe(0)
  })

  it.each([
    ['an answer', works],
    ['a refusal', refused],
  ])('close together after %s to the trial', async (_name, trial) => {
    await open()
    await clock.advance(2_000)
    await codeOf(two.run('erp', trial))
    await one.refresh()
    expect(one.openUntil('erp')).toBeNull()
    expect(await Promise.all([codeOf(one.run('erp', works)), codeOf(two.run('erp', works))])).toEqual([
      'ok',
      'ok',
    ])
  })

  it('rest again together after a trial that failed', async () => {
    await open()
    await clock.advance(2_000)
    await codeOf(two.run('erp', fails))
    await one.refresh()
    expect(one.openUntil('erp')).toBeGreaterThan(clock.now())
    expect(await codeOf(one.run('erp', works))).toBe('CIRCUIT_OPEN')
    expect(calls).toBe(1)
  })
})
