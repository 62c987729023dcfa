import { describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { type ErrorCode, type ErrorRow, REGISTER } from '#core/errors/register.ts'
import { decide, type Failed } from '#core/sync/decide.ts'

const NOW = Date.UTC(2026, 0, 15)
const HOUR = 3_600_000

const failed = (code: ErrorCode, over: Partial<Failed> = {}): Failed => ({
  error: new HubError(code),
  phase: 'send',
  spent: 0,
  attempts: [],
  since: NOW,
  now: NOW,
  random: () => 0.5,
  ...over,
})

const EXPECTED = {
  retry: 'again',
  wait: 'again',
  reauthorize: 'hold',
  park: 'park',
  skip: 'skip',
  halt: 'halt',
} as const

describe('decide', () => {
  it.each(Object.entries<ErrorRow>(REGISTER))('%s follows its recovery', (code, row) => {
    expect(decide(failed(code as ErrorCode)).next).toBe(EXPECTED[row.recovery])
  })

  it('spends budget only for a send that began', () => {
    expect(decide(failed('PARTNER_FAILED', { phase: 'before-send' }))).toMatchObject({
      next: 'again',
      spend: false,
    })
    expect(decide(failed('PARTNER_FAILED', { phase: 'send' }))).toMatchObject({ next: 'again', spend: true })
    expect(decide(failed('PARTNER_THROTTLED', { phase: 'send' }))).toMatchObject({
      next: 'again',
      spend: false,
    })
  })

  it('parks when the budget of the error is spent', () => {
    const { attempts = 0 }: ErrorRow = REGISTER.UNEXPECTED
    expect(decide(failed('UNEXPECTED', { spent: attempts - 1 })).next).toBe('park')
    expect(decide(failed('UNEXPECTED', { spent: attempts - 2 })).next).toBe('again')
  })

  it('waits out an outage by age, not by count', () => {
    expect(decide(failed('PARTNER_UNREACHABLE', { spent: 200, since: NOW - HOUR })).next).toBe('again')
    expect(decide(failed('PARTNER_UNREACHABLE', { spent: 1, since: NOW - 73 * HOUR })).next).toBe('park')
  })

  it('never waits less than the partner asked for', () => {
    const error = new HubError('PARTNER_THROTTLED', { retryAfterMs: 90_000 })
    const decision = decide(failed('PARTNER_THROTTLED', { error, random: () => 0 }))
    expect(decision).toMatchObject({ next: 'again' })
    expect(decision.next === 'again' && decision.nextAt).toBeGreaterThanOrEqual(NOW + 90_000)
  })

  it('pauses longer after every failure in a row and starts anew after a success', () => {
    const pauseAfter = (outcomes: string[]) => {
      const attempts = outcomes.map(outcome => ({ at: NOW, outcome }))
      const decision = decide(failed('PARTNER_FAILED', { attempts, random: () => 0.999 }))
      return decision.next === 'again' ? decision.nextAt - NOW : 0
    }
    const many = Array.from({ length: 5 }, () => 'PARTNER_FAILED')
    expect(pauseAfter(many)).toBeGreaterThan(4 * pauseAfter(['PARTNER_FAILED']))
    expect(pauseAfter([...many, 'confirmed', 'PARTNER_FAILED'])).toBe(
      pauseAfter(['confirmed', 'PARTNER_FAILED']),
    )
  })
})
