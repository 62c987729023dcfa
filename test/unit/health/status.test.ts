import { describe, expect, it } from '@jest/globals'
import { connectionVerdict, flowVerdict, hubVerdict } from '#core/health/status.ts'

const NOW = Date.UTC(2026, 0, 15, 12)
const HOUR = 60
const minutes = (...last: number[]): number[] => [...new Array<number>(HOUR - last.length).fill(0), ...last]
const rates = (received: number, confirmed: number, failed: number) => ({
  received: minutes(received),
  confirmed: minutes(confirmed),
  failed: minutes(failed),
})
const healthy = {
  state: 'active' as const,
  circuitUntil: null,
  deadLetters: 0,
  oldestPendingAt: null,
  rates: rates(5, 5, 0),
  now: NOW,
}

describe('the status of a connection', () => {
  it.each([
    ['works', {}, 'ok', '5 received and 5 confirmed in the last hour.'],
    ['is quiet', { rates: rates(0, 0, 0) }, 'ok', 'Quiet: nothing in the last hour.'],
    [
      'lost its authorisation',
      { state: 'unauthorized', stateReason: 'token revoked' },
      'down',
      'Needs to be authorised again: token revoked.',
    ],
    ['rests', { circuitUntil: NOW + 1 }, 'down', 'Rests after repeated failures and tries again by itself.'],
    ['has rested', { circuitUntil: NOW }, 'ok', '5 received and 5 confirmed in the last hour.'],
    ['is paused', { state: 'paused' }, 'degraded', 'Paused.'],
    ['has one dead letter', { deadLetters: 1 }, 'degraded', '1 dead letter waits for a decision.'],
    ['has dead letters', { deadLetters: 12 }, 'degraded', '12 dead letters wait for a decision.'],
    [
      'is late',
      { oldestPendingAt: NOW - 20 * 60_000 },
      'degraded',
      'The oldest work has waited for 20 minutes.',
    ],
    [
      'is very late',
      { oldestPendingAt: NOW - 30 * 3_600_000 },
      'degraded',
      'The oldest work has waited for 30 hours.',
    ],
    [
      'is busy, not late',
      { oldestPendingAt: NOW - 60_000 },
      'ok',
      '5 received and 5 confirmed in the last hour.',
    ],
    ['fails', { rates: rates(0, 27, 3) }, 'degraded', '3 of 30 attempts failed in the last 5 minutes.'],
    ['fails rarely', { rates: rates(0, 2_000, 3) }, 'ok', '2,000 confirmed in the last hour.'],
    ['failed twice', { rates: rates(0, 0, 2) }, 'ok', 'Quiet: nothing in the last hour.'],
  ] as const)('says that it %s', (_name, facts, status, reason) => {
    expect(connectionVerdict({ ...healthy, ...facts })).toEqual({ status, reason })
  })

  it('names the most serious thing when several hold', () => {
    const facts = { ...healthy, state: 'unauthorized' as const, deadLetters: 3, circuitUntil: NOW + 1 }
    expect(connectionVerdict(facts).reason).toBe('Needs to be authorised again.')
  })

  it('forgets failures after five minutes', () => {
    const failed = minutes(50, 0, 0, 0, 0, 0)
    expect(connectionVerdict({ ...healthy, rates: { ...healthy.rates, failed } }).status).toBe('ok')
  })
})

describe('the status of a flow', () => {
  const erp = (status: 'ok' | 'down') => ({ id: 'erp', status })

  it('is down with its only destination, degraded with one of several', () => {
    const quiet = { confirmed: minutes(), failed: minutes() }
    expect(flowVerdict(quiet, [erp('down')])).toEqual({
      status: 'down',
      reason: 'erp cannot be reached or used.',
    })
    expect(flowVerdict(quiet, [erp('down'), { id: 'erp-2', status: 'ok' }]).status).toBe('degraded')
    expect(flowVerdict(quiet, [erp('ok')])).toEqual({
      status: 'ok',
      reason: 'Quiet: nothing in the last hour.',
    })
  })
})

describe('the sentence on top', () => {
  const at = (id: string, status: 'ok' | 'degraded' | 'down') => ({ id, status, reason: '' })

  it.each([
    ['nothing is there', [], 0, 0, 'ok', 'No connections yet.'],
    ['all is well', [at('a', 'ok')], 0, 0, 'ok', 'Everything flows.'],
    ['one needs a look', [at('a', 'degraded')], 0, 0, 'degraded', 'a needs a look.'],
    ['some are down', [at('a', 'down'), at('b', 'ok'), at('c', 'down')], 4, 0, 'down', 'a and c are down.'],
    [
      'many are down',
      'abcde'.split('').map(id => at(id, 'down')),
      0,
      0,
      'down',
      'a, b, c and 2 more are down.',
    ],
    ['letters wait', [at('a', 'degraded')], 4, 0, 'degraded', '4 dead letters wait for a decision.'],
    ['something is lost', [at('a', 'down')], 4, 1, 'down', '1 message is unaccounted for.'],
  ] as const)('is right when %s', (_name, connections, deadLetters, lost, status, reason) => {
    const orders = { held: 0, escalated: 0, late: 0 }
    expect(hubVerdict(connections, { deadLetters, lost, orders, oversold: 0 })).toEqual({ status, reason })
  })

  it.each([
    ['held orders are as they should be', { held: 3, escalated: 0, late: 0 }, 3, 'ok', 'Everything flows.'],
    [
      'other letters count',
      { held: 3, escalated: 1, late: 1 },
      4,
      'degraded',
      '1 dead letter waits for a decision.',
    ],
    [
      'an owner let the time pass',
      { held: 3, escalated: 2, late: 0 },
      3,
      'degraded',
      '2 held orders are overdue.',
    ],
    [
      'orders are late',
      { held: 1, escalated: 1, late: 1 },
      1,
      'degraded',
      '1 order is past the time to ship.',
    ],
  ] as const)('is right of orders when %s', (_name, orders, deadLetters, status, reason) => {
    const facts = { deadLetters, lost: 0, orders, oversold: 0 }
    expect(hubVerdict([at('a', 'ok')], facts)).toEqual({ status, reason })
  })

  it('names what is sold beyond what is counted', () => {
    const facts = { deadLetters: 0, lost: 0, orders: { held: 0, escalated: 0, late: 0 }, oversold: 2 }
    expect(hubVerdict([at('a', 'degraded')], facts)).toEqual({
      status: 'degraded',
      reason: '2 items are sold beyond what is counted.',
    })
  })
})
