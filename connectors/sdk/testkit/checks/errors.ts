import assert from 'node:assert/strict'
import type { Bench } from '../bench/bench.ts'
import type { Fault } from '../bench/flaky-proxy.ts'
import type { Check, CheckGroup } from '../kit.ts'
import { type Call, callsOf, canCall } from '../support/calls.ts'
import { assertRecovery, errorOf, failing } from '../support/faults.ts'

const JSON_BODY = '{"message":"No."}'

interface Row {
  name: string
  /** What the partner does, in a sentence about it. */
  what: string
  fault(bench: Bench): Fault
  /** Recoveries that make sense. */
  recoveries: readonly string[]
  /** Calls for which this may be no error at all. */
  lenient?: readonly Call['name'][]
  /** Milliseconds that the error has to carry, within a second or two. */
  retryAfterMs?: number
}

const status =
  (code: number, headers: Record<string, string> = {}, body = JSON_BODY) =>
  (): Fault => ({
    kind: 'answer',
    status: code,
    headers,
    body,
  })

const ROWS: readonly Row[] = [
  { name: '401 asks for new credentials', what: 'a 401', fault: status(401), recoveries: ['reauthorize'] },
  { name: '403 asks a person', what: 'a 403', fault: status(403), recoveries: ['reauthorize', 'park'] },
  {
    name: '404 is never taken for “nothing there”',
    what: 'a 404',
    fault: status(404),
    recoveries: ['park', 'reauthorize', 'skip', 'retry'],
    lenient: ['probe', 'fetch-back'],
  },
  {
    name: '409 is tried again or shown',
    what: 'a 409',
    fault: status(409),
    recoveries: ['retry', 'wait', 'park'],
  },
  { name: '422 parks', what: 'a 422', fault: status(422), recoveries: ['park'] },
  {
    name: '429 waits as many seconds as it is told',
    what: 'a 429 with Retry-After in seconds',
    fault: status(429, { 'retry-after': '120' }),
    recoveries: ['wait', 'retry'],
    retryAfterMs: 120_000,
  },
  {
    name: '429 waits until the date that it is told',
    what: 'a 429 with Retry-After as a date',
    fault: ({ clock }) => ({
      kind: 'answer',
      status: 429,
      headers: { 'retry-after': new Date(clock.now() + 180_000).toUTCString() },
      body: JSON_BODY,
    }),
    recoveries: ['wait', 'retry'],
    retryAfterMs: 180_000,
  },
  {
    name: '429 without a word waits all the same',
    what: 'a bare 429',
    fault: status(429),
    recoveries: ['wait', 'retry'],
  },
  { name: '500 is tried again', what: 'a 500', fault: status(500), recoveries: ['retry'] },
  { name: '503 is tried again', what: 'a 503', fault: status(503), recoveries: ['retry', 'wait'] },
  {
    name: 'silence ends as a time-out',
    what: 'silence',
    fault: () => ({ kind: 'silence' }),
    recoveries: ['retry'],
  },
  {
    name: 'a reset connection is tried again',
    what: 'a reset',
    fault: () => ({ kind: 'reset' }),
    recoveries: ['retry'],
  },
  {
    name: 'half an answer is no answer',
    what: 'half an answer',
    fault: () => ({ kind: 'half' }),
    recoveries: ['retry'],
  },
  {
    name: 'a page in place of JSON is no answer',
    what: 'an HTML page with 200',
    fault: status(
      200,
      { 'content-type': 'text/html' },
      '<!doctype html><html><body>Maintenance</body></html>',
    ),
    recoveries: ['retry', 'park', 'wait'],
  },
  {
    name: 'an empty 200 is not taken for “nothing there”',
    what: 'an empty 200',
    fault: status(200, {}, ''),
    recoveries: ['retry', 'park', 'wait'],
    lenient: ['probe', 'push', 'subscribe'],
  },
  {
    name: 'a redirect to another host is not followed',
    what: 'a redirect to another host',
    fault: status(302, { location: 'http://203.0.113.9/elsewhere' }),
    recoveries: ['park', 'retry', 'reauthorize'],
  },
]

const checkOf = ({ name, what, fault, recoveries, lenient = [], retryAfterMs }: Row): Check => ({
  name,
  applies: canCall,
  async run(kit) {
    for (const call of callsOf(kit)) {
      const failed = await failing(kit, await kit.open(), call, fault)
      if (failed === null || ('result' in failed && lenient.includes(call.name))) continue
      const error = errorOf(failed, call, what)
      assertRecovery(error, recoveries, { call, what })
      if (retryAfterMs !== undefined) assertPause(error.retryAfterMs, retryAfterMs, `${call.name}: ${what}`)
    }
  },
})

function assertPause(got: number | undefined, told: number, where: string): void {
  assert.ok(
    got !== undefined && Math.abs(got - told) <= 5_000,
    `${where} asks for ${told} ms, the error carries ${got ?? 'nothing'} in \`retryAfterMs\`; make it with errorFor of the SDK.`,
  )
}

export const errors: CheckGroup = { name: 'errors', checks: ROWS.map(checkOf) }
