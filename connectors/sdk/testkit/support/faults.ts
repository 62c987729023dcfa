import assert from 'node:assert/strict'
import type { HubError } from '#core/errors/hub-error.ts'
import type { Bench } from '../bench/bench.ts'
import type { Fault } from '../bench/flaky-proxy.ts'
import type { Kit } from '../kit.ts'
import type { Call } from './calls.ts'
import { isTokenRequest } from './repeated-answer.ts'
import { assertDeclared } from './translated.ts'

/** What came of a call to a partner that fails: its error, or what it resolved with. */
export type Failed = { error: HubError } | { result: unknown } | null

/** Runs the call while every request of it fails. Null where it is not spoken over HTTP or asks nothing. */
export async function failing(
  kit: Kit,
  bench: Bench,
  call: Call,
  fault: (bench: Bench) => Fault,
): Promise<Failed> {
  const { proxy } = bench
  if (!proxy) return null
  await call.prepare?.(bench)
  let hit = 0
  proxy.script(request => {
    if (isTokenRequest(kit, bench, request)) return null
    hit++
    return fault(bench)
  })
  try {
    const result = await call.run(bench)
    return hit > 0 ? { result } : null
  } catch (thrown) {
    assertDeclared(thrown, `${call.name}: ${call.file}`)
    return hit > 0 ? { error: thrown } : null
  }
}

/** The error of a call that has to have one. */
export function errorOf(failed: NonNullable<Failed>, call: Call, what: string): HubError {
  assert.ok('error' in failed, `${call.name}: ${call.file} takes ${what} for success.`)
  return failed.error
}

export function assertRecovery(
  error: HubError,
  allowed: readonly string[],
  at: { call: Call; what: string },
): void {
  assert.ok(
    allowed.includes(error.recovery),
    `${at.call.name}: ${what(at)} becomes ${error.code} (${error.recovery}); it should be ${allowed.join(' or ')}. See responses.ts.`,
  )
}

const what = ({ what }: { what: string }): string => what
