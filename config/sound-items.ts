import type { ConfigProblem } from './problems.ts'
import { isRecord } from './read-yaml.ts'

/** Items with their index in the file. */
export type Entries<T> = readonly (readonly [number, T])[]

/** Items that have their shape: the checks beyond the schema read inside them, and an item that has not is already told so. */
export function soundItems<T>(
  key: string,
  items: readonly T[],
  misshapen: readonly ConfigProblem[],
): Entries<T> {
  if (!Array.isArray(items)) return []
  const wrong = new Set(misshapen.filter(({ path }) => path[0] === key).map(({ path }) => path[1]))
  return items
    .map((item, index) => [index, item] as const)
    .filter(([index, item]) => isRecord(item) && !wrong.has(index))
}
