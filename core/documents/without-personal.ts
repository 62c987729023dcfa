import { PERSONAL_DATA } from './pii.gen.ts'

interface Tree {
  readonly [field: string]: string | Tree
}

const TREES: Readonly<Record<string, Tree>> = PERSONAL_DATA

/** Who it is about: their id at the partner finds them there. */
const WHO = ['customer', 'company']

/** The schemas demand it beside a name: it stays, empty. */
const DEMANDED = new Set(['value'])

/**
 * A copy without every field that has an `x-pii` class and without the buyer; money, quantities, articles, country and
 * states stay, so that it still fits its schema and its figures still balance.
 */
export function withoutPersonal(resource: string, body: Readonly<Record<string, unknown>>) {
  const copy = Object.fromEntries(Object.entries(body).filter(([field]) => !WHO.includes(field)))
  return cleared(copy, TREES[resource] ?? {}) as Record<string, unknown>
}

function cleared(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map(item => cleared(item, tree))
  // Where people's data is expected and something else stands, it is theirs all the same.
  if (typeof value !== 'object' || value === null) return undefined
  const copy: Record<string, unknown> = { ...value }
  for (const [field, below] of Object.entries(tree)) {
    if (copy[field] === undefined) continue
    if (typeof below !== 'string') copy[field] = cleared(copy[field], below)
    else if (DEMANDED.has(field)) copy[field] = ''
    else delete copy[field]
    if (copy[field] === undefined) delete copy[field]
  }
  return copy
}
