/** Hides what may say something about a person; decides by the names of fields. */
export type MaskSample = (value: unknown) => unknown

const HIDDEN = '•••'
const SAMPLE_LENGTH = 200
const VALUE_LENGTH = 60
/** Enough for the 200 characters that are kept, however large the field is. */
const MEMBERS = 8
const DEPTH = 3

/** What partners call states and kinds. A sentence, an address or a name of another alphabet is not one. */
const TOKEN = /^[\w .:/-]+$/
const FIELD_NAME = /^[\w .:$~-]{1,60}$/

/** What stood in a field, as text, masked by the field's name. */
export function sampleOf(pointer: string, value: unknown, mask: MaskSample): string {
  if (value === undefined) return ''
  const name = fieldOf(pointer)
  const masked = (mask({ [name]: value }) as Record<string, unknown>)[name]
  const text = typeof masked === 'string' ? masked : JSON.stringify(masked)
  return text.slice(0, SAMPLE_LENGTH)
}

/** An enum's new value, shown where it looks like one. */
export const enumValue = (value: string): string => {
  const short = value.slice(0, VALUE_LENGTH)
  return TOKEN.test(short) ? short : HIDDEN
}

/** Keys of maps are data, and data may be an e-mail address. */
export const safePointer = (pointer: string): string =>
  pointer
    .split('/')
    .map(segment => (segment === '' || segment === '*' || FIELD_NAME.test(segment) ? segment : HIDDEN))
    .join('/')

const fieldOf = (pointer: string): string =>
  pointer.split('/').findLast(segment => segment !== '*' && segment !== '') ?? ''

/** What is held of a payload until it is written. */
export function excerpt(value: unknown, depth = DEPTH): unknown {
  if (typeof value === 'string') return value.slice(0, SAMPLE_LENGTH)
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return '…'
  if (Array.isArray(value)) return value.slice(0, MEMBERS).map(item => excerpt(item, depth - 1))
  const members: Record<string, unknown> = {}
  let count = 0
  for (const name in value) {
    if (count++ === MEMBERS) break
    members[name] = excerpt((value as Record<string, unknown>)[name], depth - 1)
  }
  return members
}
