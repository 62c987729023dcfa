import type { Run } from './run.ts'
import { isArray } from './sequence.ts'

/**
 * What is looked at in depth costs its size. Expressions build values whose parts are shared, and such a value may
 * have 2^30 leaves in a few kilobytes.
 */
export function chargeDeep(run: Run, value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  run.spend(1)
  for (const member of isArray(value) ? value : Object.values(value)) chargeDeep(run, member)
}

/** The same for what goes through arrays inside each other, but not into objects. */
export function chargeArrays(run: Run, value: unknown): void {
  if (!isArray(value)) return
  run.spend(value.length)
  for (const member of value) chargeArrays(run, member)
}

/** What a call costs beside itself: functions scan and copy what they are given. */
export function chargeArguments(run: Run, args: readonly unknown[]): void {
  for (const argument of args) {
    if (typeof argument === 'string') run.spend(argument.length >> 2)
    else chargeArrays(run, argument)
  }
}
