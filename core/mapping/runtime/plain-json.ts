import { isArray, isSequence } from './sequence.ts'

/**
 * A value as a document holds it: JSONata's marked arrays become plain ones and functions vanish. What needs no change
 * is not copied, so that a part of the source stays that part.
 */
export function plainJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? undefined : value
  if (isArray(value)) {
    const items = changed(value)
    return items ?? (isSequence(value) || Object.hasOwn(value, 'cons') ? [...value] : value)
  }
  const members = changed(Object.values(value))
  if (!members) return value
  const entries = Object.keys(value).map((key, index) => [key, members[index]] as const)
  return Object.fromEntries(entries.filter(([, member]) => member !== undefined))
}

/** The items with those that change replaced; null if none does. */
function changed(items: readonly unknown[]): unknown[] | null {
  const plain = items.map(plainJson)
  return plain.some((item, index) => item !== items[index]) ? plain : null
}
