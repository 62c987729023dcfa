import type { X12Segment, X12Set } from '../../../sdk/index.ts'
import { dateOf, x12Instant } from './dates.ts'
import type { Place } from './layout.ts'
import { LAYOUTS } from './layouts.ts'

/** A segment that does not keep to the rules: AK304 and, for each element, AK403. */
export interface SyntaxError997 {
  segment: string
  /** Counted from ST, which is 1. */
  position: number
  /** AK304: 2 unexpected, 3 mandatory and missing, 8 elements in error. */
  code: '2' | '3' | '8'
  /** AK403: 1 mandatory and missing, 2 conditional and missing, 7 not the right one, 8 no date. */
  elements: readonly { position: number; code: '1' | '2' | '7' | '8' }[]
}

/** Segments without which a set says nothing. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  '846': ['BIA', 'LIN'],
  '850': ['BEG', 'PO1'],
  '856': ['BSN', 'HL'],
  '940': ['W05', 'W01'],
  '944': ['W17', 'W07'],
  '945': ['W06', 'W12'],
}

/** Elements that have to be there, and pairs of which each needs the other, from X12’s syntax notes. */
const RULES: Readonly<
  Record<string, { needs?: readonly number[]; pairs?: readonly (readonly [number, number])[] }>
> = {
  BEG: { needs: [1, 3, 5] },
  BIA: { needs: [1] },
  BSN: { needs: [1, 2, 3] },
  HL: { needs: [1, 3] },
  LIN: { pairs: pairsFrom(2, 15) },
  N1: { needs: [1], pairs: [[3, 4]] },
  N9: { needs: [1] },
  PO1: { pairs: pairsFrom(6, 10) },
  PO4: {
    pairs: [
      [2, 3],
      [6, 7],
      [8, 9],
    ],
  },
  QTY: { needs: [1] },
  REF: { needs: [1] },
  W01: { needs: [1], pairs: [[4, 5]] },
  W06: { needs: [1] },
  W07: { needs: [1], pairs: [[4, 5]] },
  W12: { needs: [1], pairs: [[7, 8]] },
  W17: { needs: [1] },
}

function pairsFrom(first: number, count: number): (readonly [number, number])[] {
  return Array.from({ length: count }, (_, index) => [first + 2 * index, first + 2 * index + 1] as const)
}

/** What a 997 has to say of a set that we know; nothing of one that we do not. */
export function syntaxErrors({ code, segments }: X12Set): SyntaxError997[] {
  const places = Object.hasOwn(LAYOUTS, code) ? LAYOUTS[code] : undefined
  if (!places) return []
  const known = idsOf(places)
  const errors = segments.flatMap((segment, index): SyntaxError997[] => {
    const at = { segment: segment.id.slice(0, 3), position: index + 2 }
    if (!known.has(segment.id)) return [{ ...at, code: '2', elements: [] }]
    const elements = elementErrors(segment)
    return elements.length > 0 ? [{ ...at, code: '8', elements }] : []
  })
  const ctt = segments.findIndex(({ id }) => id === 'CTT')
  if (ctt >= 0 && !countsRight(code, segments, segments[ctt]!))
    errors.push({ segment: 'CTT', position: ctt + 2, code: '8', elements: [{ position: 1, code: '7' }] })
  const missing = (NEEDED[code] ?? []).filter(id => !segments.some(segment => segment.id === id))
  return [
    ...errors,
    ...missing.map(
      (segment): SyntaxError997 => ({ segment, position: segments.length + 2, code: '3', elements: [] }),
    ),
  ]
}

/** What CTT01 counts. */
const COUNTED: Readonly<Record<string, string>> = { '846': 'LIN', '850': 'PO1', '855': 'PO1', '856': 'HL' }

function countsRight(code: string, segments: readonly X12Segment[], ctt: X12Segment): boolean {
  const counted = COUNTED[code]
  return !counted || Number(ctt.elements[0]) === segments.filter(({ id }) => id === counted).length
}

/** Whether the set cannot be used for what it lacks. */
export const isUseless = (errors: readonly SyntaxError997[]): boolean =>
  errors.some(({ code }) => code === '3')

/** One sentence without data: segments, positions, codes. */
export const sayErrors = (errors: readonly SyntaxError997[]): string =>
  errors
    .slice(0, 5)
    .map(({ segment, position, code, elements }) => {
      if (code === '3') return `${segment} is missing`
      if (code === '2') return `${segment} at position ${position} is not expected`
      return `${segment} at position ${position}: ${elements.map(one => `element ${one.position} (${one.code})`).join(', ')}`
    })
    .join('; ')

function elementErrors({ id, elements }: X12Segment): SyntaxError997['elements'] {
  const has = (nth: number): boolean => (elements[nth - 1]?.trim() ?? '') !== ''
  const { needs = [], pairs = [] } = (Object.hasOwn(RULES, id) && RULES[id]) || {}
  const missing = needs.filter(nth => !has(nth)).map(position => ({ position, code: '1' as const }))
  const halves = pairs
    .filter(([one, other]) => has(one) !== has(other))
    .map(([one, other]) => ({ position: has(one) ? other : one, code: '2' as const }))
  const date = dateOf(id)?.date
  const bad =
    date !== undefined && has(date) && x12Instant(elements[date - 1]!.trim()) === undefined
      ? [{ position: date, code: '8' as const }]
      : []
  return [...missing, ...halves, ...bad]
}

const idsOf = (places: readonly Place[]): Set<string> =>
  new Set(places.flatMap(({ id, inside }) => [id, ...idsOf(inside)]))
