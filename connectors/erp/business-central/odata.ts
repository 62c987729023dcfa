/** Text as a literal of OData 4: an apostrophe is doubled. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

export const equals = (field: string, value: string): string => `${field} eq ${quoted(value)}`

/** One field, several values: all that Business Central joins by `or`. */
export const oneOf = (field: string, values: readonly string[]): string =>
  values.map(value => equals(field, value)).join(' or ')

export interface Options {
  filter?: string
  expand?: string
  orderby?: string
  select?: string
  top?: number
}

/** With `%20` for blanks: OData reads a plus sign as one. */
export function withOptions(path: string, options: Options): string {
  const parts = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `$${name}=${encodeURIComponent(String(value))}`)
  return parts.length > 0 ? `${path}?${parts.join('&')}` : path
}

/** A record's id: nothing else may become part of an address. */
export const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
