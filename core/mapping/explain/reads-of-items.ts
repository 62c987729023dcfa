import type { FieldRead } from './field-reads.ts'

/**
 * For each item that a rule goes through, the fields that made it. `list` is the field that holds the items themselves;
 * else an item is known by its value among what was read, and by its turn where that value stands there several times.
 */
export function readsOfItems(
  items: readonly unknown[],
  read: readonly FieldRead[],
  list: FieldRead | undefined,
): (readonly FieldRead[])[] {
  if (list) return items.map((value, index) => [{ ...list, pointer: `${list.pointer}/${index}`, value }])
  const fieldsOf = Map.groupBy(read, ({ value }) => value)
  const turnsOf = Map.groupBy(items.keys(), index => items[index])
  const turn = new Map<unknown, number>()
  return items.map(value => {
    const fields = fieldsOf.get(value)
    if (!fields) return read
    const at = turn.get(value) ?? 0
    turn.set(value, at + 1)
    return fields.length === turnsOf.get(value)!.length ? [fields[at]!] : fields
  })
}
