import { ExpressionError } from './expression-error.ts'
import type { CallSite } from './function-value.ts'
import type { Run } from './run.ts'
import { isArray, type Sequence } from './sequence.ts'

/** What a variable holds before it is bound: then the scope around it answers. */
export const UNBOUND = Symbol('unbound')

/** A quick form of a function does not cover these arguments. */
export const NO_QUICK = Symbol('no quick form')

/** `[a, b]`: arrays flatten into it, except literal arrays (marked `1`). */
export function list(run: Run, values: readonly unknown[], literal: string): Sequence {
  const result: Sequence = []
  for (let index = 0; index < values.length; index++) {
    const value = values[index]
    if (value === undefined) continue
    if (literal[index] === '1' || !isArray(value)) {
      result.push(value)
      continue
    }
    run.spend(value.length)
    for (const item of value) result.push(item)
  }
  return result
}

/** An array constructor of a path keeps its shape. */
export function cons(result: Sequence): Sequence {
  Object.defineProperty(result, 'cons', { value: true })
  return result
}

/** What is called without `$` although a function of that name exists gets the better message. */
export function called(target: unknown, named: unknown, code: 'T1005' | 'T1007', site: CallSite): unknown {
  if (target === undefined && named) throw new ExpressionError(code, site)
  return target
}
