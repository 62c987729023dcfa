import { digitsOf, type HubFunction, wrongType } from './hub-function.ts'

const isAbsent = (value: unknown): value is null | undefined | '' =>
  value === undefined || value === null || value === ''

function trimmed(name: string, value: unknown): string | undefined {
  if (isAbsent(value)) return undefined
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') throw wrongType(name, 'a text', value)
  return value.trim() || undefined
}

function id(value: unknown): string | undefined {
  if (isAbsent(value)) return undefined
  if (typeof value === 'string') return value
  if (typeof value !== 'number') throw wrongType('id', 'a text or number', value)
  return digitsOf(value)
}

/** Without these, a text is in NFC already. */
const BEYOND_LATIN_1 = /[\u0100-\uffff]/

function sku(value: unknown): string | undefined {
  const text = trimmed('sku', value)
  return text !== undefined && BEYOND_LATIN_1.test(text) ? text.normalize('NFC') : text
}

/** `gid://shopify/Order/123?key=1` → `123` */
function gid(value: unknown): string | undefined {
  const text = trimmed('gid', value)
  if (text === undefined) return undefined
  const query = text.indexOf('?')
  const path = query === -1 ? text : text.slice(0, query)
  return path.slice(path.lastIndexOf('/') + 1) || undefined
}

export const TEXT_FUNCTIONS: readonly HubFunction[] = [
  {
    name: 'sku',
    signature: '$sku(text)',
    doc: 'A stock keeping unit without white space around it, in Unicode NFC; absent when empty.',
    examples: [
      { call: '$sku(" AB-1 ")', result: 'AB-1' },
      { call: '$sku("Cafe\u0301")', result: 'Caf\u00e9' },
      { call: '$sku("  ")', result: undefined },
    ],
    required: 1,
    arity: 1,
    run: sku,
  },
  {
    name: 'id',
    signature: '$id(value)',
    doc: 'An id as text, whether the partner sends a number or a text; absent when empty.',
    examples: [
      { call: '$id(820982911946154)', result: '820982911946154' },
      { call: '$id("a-1")', result: 'a-1' },
      { call: '$id(null)', result: undefined },
      { call: '$id("")', result: undefined },
      { call: '$id([1, 2])', error: 'MAPPING_TYPE' },
    ],
    required: 1,
    arity: 1,
    run: id,
  },
  {
    name: 'gid',
    signature: '$gid(text)',
    doc: 'The last segment of a global id such as `gid://shopify/Order/1?key=2`.',
    examples: [
      { call: '$gid("gid://shopify/Order/1?key=2")', result: '1' },
      { call: '$gid(nothing)', result: undefined },
    ],
    required: 1,
    arity: 1,
    run: gid,
  },
  {
    name: 'text',
    signature: '$text(value)',
    doc: 'A text without white space around it; absent when empty.',
    examples: [
      { call: '$text("  Jane ")', result: 'Jane' },
      { call: '$text("   ")', result: undefined },
      { call: '$text(42)', result: '42' },
    ],
    required: 1,
    arity: 1,
    run: (value: unknown) => trimmed('text', value),
  },
]
