import { isArray } from '../sequence.ts'
import { NO_QUICK } from '../values.ts'

/** Forms of frequent functions for arguments of the plain types; for all others they say `NO_QUICK`. */
export interface Quick {
  readonly arity: number
  readonly run: (...args: never[]) => unknown
}

const ofText = (run: (text: string) => unknown): Quick => ({
  arity: 1,
  run: (value: unknown) =>
    typeof value === 'string' ? run(value) : value === undefined ? undefined : NO_QUICK,
})

const ofTwoTexts = (run: (text: string, other: string) => unknown): Quick => ({
  arity: 2,
  run: (text: unknown, other: unknown) =>
    typeof text === 'string' && typeof other === 'string' ? run(text, other) : NO_QUICK,
})

const DECIMAL = /^-?[0-9]+(\.[0-9]+)?$/

/** `$trim`: runs of white space become one blank. */
const trim = (text: string): string => text.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '')

export const QUICK: ReadonlyMap<string, Quick> = new Map<string, Quick>([
  ['exists', { arity: 1, run: (value: unknown) => value !== undefined }],
  ['lowercase', ofText(text => text.toLowerCase())],
  ['uppercase', ofText(text => text.toUpperCase())],
  ['trim', ofText(trim)],
  ['contains', ofTwoTexts((text, part) => text.includes(part))],
  ['split', ofTwoTexts((text, separator) => text.split(separator))],
  [
    'substringBefore',
    ofTwoTexts((text, mark) => (text.includes(mark) ? text.slice(0, text.indexOf(mark)) : text)),
  ],
  [
    'substringAfter',
    ofTwoTexts((text, mark) => (text.includes(mark) ? text.slice(text.indexOf(mark) + mark.length) : text)),
  ],
  ['string', { arity: 1, run: quickString }],
  ['number', { arity: 1, run: quickNumber }],
  ['count', { arity: 1, run: (list: unknown) => (isArray(list) ? list.length : NO_QUICK) }],
])

function quickString(value: unknown): unknown {
  if (typeof value === 'string' || value === undefined) return value
  return Number.isSafeInteger(value) ? String(value) : NO_QUICK
}

function quickNumber(value: unknown): unknown {
  if (typeof value === 'number' || value === undefined) return value
  return typeof value === 'string' && value.length < 300 && DECIMAL.test(value)
    ? Number.parseFloat(value)
    : NO_QUICK
}
