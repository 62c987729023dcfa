import { ExpressionError } from '../expression-error.ts'
import { apply, type FunctionValue, isFunction } from '../function-value.ts'
import type { Run } from '../run.ts'
import { isArray, isRecord, sequenceOf } from '../sequence.ts'

interface Match {
  match: string
  start: number
  end: number
  groups: unknown[]
  next: FunctionValue
}

type Pattern = string | FunctionValue

/** The matches of a text, one after the other; `limit` of them at most. */
function* matchesOf(run: Run, text: string, matcher: FunctionValue, limit: number): Generator<Match> {
  let match = limit > 0 ? checked(apply(run, matcher, [text], undefined)) : undefined
  for (let count = 0; match !== undefined && count < limit; count++) {
    yield match
    match = checked(apply(run, match.next, [], undefined))
  }
}

function checked(result: unknown): Match | undefined {
  if (!result) return undefined
  const match = result as Partial<Match>
  const looksRight =
    isRecord(result) &&
    (typeof match.start === 'number' ||
      typeof match.end === 'number' ||
      isArray(match.groups) ||
      isFunction(match.next))
  if (!looksRight) throw new ExpressionError('T1010')
  return result as unknown as Match
}

const limitOf = (limit: number | undefined): number => limit ?? Number.POSITIVE_INFINITY

export function contains(run: Run, text: string | undefined, pattern: Pattern | undefined): unknown {
  if (text === undefined || pattern === undefined) return undefined
  if (typeof pattern === 'string') return text.includes(pattern)
  return checked(apply(run, pattern, [text], undefined)) !== undefined
}

export function match(run: Run, text: string | undefined, pattern: FunctionValue, limit?: number): unknown {
  if (text === undefined) return undefined
  if (limit !== undefined && limit < 0) throw new ExpressionError('D3040', { value: limit })
  const found: unknown[] = []
  for (const { match, start, groups } of matchesOf(run, text, pattern, limitOf(limit)))
    found.push({ match, index: start, groups })
  return sequenceOf(found)
}

export function split(run: Run, text: string | undefined, separator: Pattern, limit?: number): unknown {
  if (text === undefined) return undefined
  if (limit !== undefined && limit < 0) throw new ExpressionError('D3020', { value: limit })
  const parts =
    typeof separator === 'string'
      ? text.split(separator, limit)
      : splitBy(run, text, separator, limitOf(limit))
  run.spend(parts.length)
  return parts
}

function splitBy(run: Run, text: string, separator: FunctionValue, limit: number): string[] {
  const parts: string[] = []
  let start = 0
  for (const found of matchesOf(run, text, separator, limit)) {
    parts.push(text.substring(start, found.start))
    start = found.end
  }
  if (parts.length < limit) parts.push(text.substring(start))
  return parts
}

export function replace(
  run: Run,
  text: string | undefined,
  pattern: Pattern,
  replacement: Pattern,
  limit?: number,
): unknown {
  if (text === undefined) return undefined
  if (pattern === '') throw new ExpressionError('D3010', { value: pattern })
  if (limit !== undefined && limit < 0) throw new ExpressionError('D3011', { value: limit })
  if (typeof pattern === 'string') return replaceText(text, pattern, replacement, limitOf(limit))
  let result = ''
  let position = 0
  for (const found of matchesOf(run, text, pattern, limitOf(limit))) {
    result += text.substring(position, found.start) + replacementFor(run, found, replacement)
    position = found.start + found.match.length
  }
  return result + text.substring(position)
}

function replaceText(text: string, pattern: string, replacement: Pattern, limit: number): string {
  const shown = isFunction(replacement) ? '' : replacement
  let result = ''
  let position = 0
  for (let count = 0, index = text.indexOf(pattern); index !== -1 && count < limit; count++) {
    result += text.substring(position, index) + shown
    position = index + pattern.length
    index = text.indexOf(pattern, position)
  }
  return result + text.substring(position)
}

function replacementFor(run: Run, found: Match, replacement: Pattern): string {
  if (typeof replacement === 'string') return expand(replacement, found)
  const result = apply(run, replacement, [found], undefined)
  if (typeof result !== 'string') throw new ExpressionError('D3012', { value: result })
  return result
}

/** `$$` is a dollar, `$0` the match, `$n` a group with as many digits as there are groups. */
function expand(replacement: string, { match, groups }: Match): string {
  const digits = groups.length === 0 ? 1 : Math.floor(Math.log10(groups.length)) + 1
  return replacement.replace(
    /\$(?:(\$)|(0)|(\d+))?/g,
    (whole, dollar?: string, zero?: string, number?: string) => {
      if (dollar) return '$'
      if (zero) return match
      return number ? groupText(number, digits, groups) : whole
    },
  )
}

function groupText(number: string, digits: number, groups: unknown[]): string {
  let taken = number.slice(0, digits)
  if (digits > 1 && Number(taken) > groups.length) taken = taken.slice(0, -1)
  const rest = number.slice(String(Number(taken)).length)
  return `${(groups[Number(taken) - 1] as string | undefined) ?? ''}${rest}`
}
