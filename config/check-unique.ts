import type { Problems } from './problems.ts'
import type { Entries } from './sound-items.ts'

/** Ids mean identity: a second one of the same list would silently hide the first. */
export function checkUnique(
  lists: Readonly<Record<string, Entries<{ id?: string }>>>,
  problems: Problems,
): void {
  for (const [name, items] of Object.entries(lists)) {
    const first = new Map<string, number>()
    for (const [index, { id }] of items) {
      if (id === undefined) continue
      const earlier = first.get(id)
      if (earlier === undefined) first.set(id, index)
      else problems.invalid([name, index, 'id'], `is the id of ${name}[${earlier}] too`, 'choose another')
    }
  }
}
