/**
 * What a JSON Pointer (RFC 6901) names; undefined where there is nothing. Own members only: no payload reaches a prototype.
 * The empty pointer is the whole value.
 */
export function valueAt(value: unknown, pointer: string): unknown {
  if (pointer === '') return value
  let at = value
  for (const token of pointer.slice(1).split('/')) {
    if (typeof at !== 'object' || at === null) return undefined
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (!Object.hasOwn(at, name)) return undefined
    at = (at as Record<string, unknown>)[name]
  }
  return at
}

/** Whether the text is a JSON Pointer: empty, or every token after a slash, `~` only as `~0` and `~1`. */
export const isPointer = (text: string): boolean => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)

/** As `valueAt`, as text: strings as they are, numbers and booleans written out; undefined for all else and for ''. */
export function textAt(value: unknown, pointer: string): string | undefined {
  return asText(valueAt(value, pointer))
}

/** A scalar as text; undefined for objects, lists, null and the empty text. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}
