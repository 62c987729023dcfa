import { parseSignature } from '../expression/parse.ts'
import { ExpressionError } from './expression-error.ts'
import { apply, type FunctionValue, functionValue, isFunction } from './function-value.ts'
import { setMember } from './group.ts'
import type { Evaluate } from './path.ts'
import { isArray, isRecord } from './sequence.ts'

export interface TransformParts {
  clone: unknown
  pattern: Evaluate
  update: Evaluate
  remove: Evaluate | null
  positions: { whole: number; update: number; remove: number }
}

const SIGNATURE = parseSignature('<(oa):o>')

/** `|pattern|update, delete|`: a function that gives a changed copy. What is not part of the copy is never touched. */
export function transform(parts: TransformParts): FunctionValue {
  return functionValue(
    1,
    (run, [value]) => {
      if (value === undefined) return undefined
      if (!isFunction(parts.clone)) throw new ExpressionError('T2013', { position: parts.positions.whole })
      const copy = apply(run, parts.clone, [value], undefined)
      const own = membersOf(copy)
      run.spend(own.size)
      const found = parts.pattern(copy)
      for (const match of isArray(found) ? found : [found]) change(match, own, parts)
      return copy
    },
    SIGNATURE,
  )
}

function change(match: unknown, own: Set<unknown>, { update, remove, positions }: TransformParts): void {
  if (match === undefined) return
  const changes = update(match)
  if (changes !== undefined && !isRecord(changes))
    throw new ExpressionError('T2011', { position: positions.update, value: changes })
  const target = own.has(match) && isRecord(match) ? match : null
  for (const [key, value] of Object.entries(changes ?? {})) if (target) setMember(target, key, value)
  if (!remove) return
  const removed = remove(match)
  if (removed === undefined) return
  const names = isArray(removed) ? removed : [removed]
  if (!names.every(name => typeof name === 'string'))
    throw new ExpressionError('T2012', { position: positions.remove, value: removed })
  for (const name of names) if (target) delete target[name as string]
}

function membersOf(value: unknown, found = new Set<unknown>()): Set<unknown> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found
  found.add(value)
  for (const member of Object.values(value)) membersOf(member, found)
  return found
}
