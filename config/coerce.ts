import { isRecord } from './read-yaml.ts'

/** As much of a JSON Schema as coercion looks at. */
interface Shape {
  type?: unknown
  properties?: Readonly<Record<string, unknown>>
  items?: unknown
  additionalProperties?: unknown
}

const NUMBER = /^-?\d+(\.\d+)?$/

/**
 * A variable is always text: text that spells a number or a truth value becomes one where the schema wants it, and a
 * single value becomes a list where it wants a list. A known key without a value is as good as none. Everything else is left for the schema to judge.
 */
export function coerce(schema: unknown, value: unknown): unknown {
  const { type, properties = {}, items, additionalProperties } = isRecord(schema) ? (schema as Shape) : {}
  if (type === 'array' && value !== undefined && value !== null) {
    return (Array.isArray(value) ? value : [value]).map(item => coerce(items, item))
  }
  if (isRecord(value)) {
    const known = (key: string) => properties[key] ?? additionalProperties
    const given = Object.entries(value).filter(([key, item]) => item !== null || !isRecord(known(key)))
    return Object.fromEntries(given.map(([key, item]) => [key, coerce(known(key), item)]))
  }
  if (typeof value !== 'string') return value
  if ((type === 'integer' || type === 'number') && NUMBER.test(value)) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}
