import { ExpressionError } from '../expression-error.ts'
import { apply, type FunctionValue, passed } from '../function-value.ts'
import { setMember } from '../group.ts'
import { deepEqual, isNumber, truthy } from '../operators.ts'
import type { Run } from '../run.ts'
import { isArray, isRecord, sequenceOf } from '../sequence.ts'
import { mergeSort } from '../sort.ts'

type List = unknown[] | undefined

export function map(run: Run, list: List, target: FunctionValue): unknown {
  if (list === undefined) return undefined
  const results: unknown[] = []
  for (const [index, item] of list.entries()) {
    const result = apply(run, target, passed(target, item, index, list), undefined)
    if (result !== undefined) results.push(result)
  }
  return sequenceOf(results)
}

export function filter(run: Run, list: List, target: FunctionValue): unknown {
  if (list === undefined) return undefined
  const holds = (item: unknown, index: number) =>
    truthy(run, apply(run, target, passed(target, item, index, list), undefined))
  return sequenceOf(list.filter(holds))
}

export function single(run: Run, list: List, target?: FunctionValue): unknown {
  if (list === undefined) return undefined
  let found = false
  let result: unknown
  for (const [index, item] of list.entries()) {
    if (target && !truthy(run, apply(run, target, passed(target, item, index, list), undefined))) continue
    if (found) throw new ExpressionError('D3138')
    found = true
    result = item
  }
  if (!found) throw new ExpressionError('D3139')
  return result
}

export function reduce(run: Run, list: List, target: FunctionValue, initial?: unknown): unknown {
  if (list === undefined) return undefined
  if (target.arity < 2) throw new ExpressionError('D3050')
  const fromFirst = initial === undefined && list.length > 0
  let result = fromFirst ? list[0] : initial
  for (let index = fromFirst ? 1 : 0; index < list.length; index++) {
    result = apply(
      run,
      target,
      [result, list[index], index, list].slice(0, Math.min(target.arity, 4)),
      undefined,
    )
  }
  return result
}

export function sift(run: Run, value: unknown, target: FunctionValue): unknown {
  const result: Record<string, unknown> = {}
  for (const [key, member] of Object.entries((value ?? {}) as object)) {
    if (truthy(run, apply(run, target, passed(target, member, key, value), undefined)))
      setMember(result, key, member)
  }
  return Object.keys(result).length > 0 ? result : undefined
}

export function each(run: Run, value: unknown, target: FunctionValue): unknown {
  const results: unknown[] = []
  for (const [key, member] of Object.entries((value ?? {}) as object)) {
    const result = apply(run, target, passed(target, member, key, value), undefined)
    if (result !== undefined) results.push(result)
  }
  return sequenceOf(results)
}

export function sort(run: Run, list: List, comparator?: FunctionValue): unknown {
  if (list === undefined || list.length <= 1) return list
  if (comparator)
    return mergeSort(run, list, (left, right) => apply(run, comparator, [left, right], undefined))
  if (!list.every(isNumber) && !list.every(item => typeof item === 'string'))
    throw new ExpressionError('D3070')
  return mergeSort(run, list, (left, right) => (left as number) > (right as number))
}

/** Equal values once; primitives by a set, so that only objects are compared with each other. */
export function distinct(run: Run, list: unknown): unknown {
  if (!isArray(list) || list.length <= 1) return list
  const primitives = new Set<unknown>()
  const objects: unknown[] = []
  const kept = list.filter(item => {
    if (!isRecord(item) && !isArray(item)) return !primitives.has(item) && primitives.add(item)
    run.spend(objects.length)
    return !objects.some(other => deepEqual(run, item, other)) && objects.push(item)
  })
  return list.sequence ? sequenceOf(kept) : kept
}
