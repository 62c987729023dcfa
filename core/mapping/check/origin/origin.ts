import type { SchemaView } from '../schema-view.ts'
import type { StaticType } from '../static-type.ts'

/** One thing that a value may be, as far as it is known without a payload. */
export type Origin = Field | Made | List | Plain | Anything

/** Everything that a value may be, beside absent; nothing at all where it always is. */
export type Origins = readonly Origin[]

/** A place of the record, of the canonical document that an outgoing mapping reads, or of what the hub binds. */
export interface Field {
  kind: 'field'
  /** What it is a place of, in words: `The source`. */
  of: string
  /** Part of what the hub binds, not of the payload. */
  bound?: true
  /** What an expression has to start from to name it; null where no path of its own does. */
  from: 'context' | 'record' | null
  /** Its path has a wildcard, so that it stands for several names. */
  wild?: true
  /** From the top of what it is a place of; `*` for items that a rule goes through one by one. */
  path: readonly string[]
  /** How much of the path leads to the context. */
  depth: number
  view: SchemaView
  /** Reached through a list, so that there may be many. */
  many: boolean
}

/** An object that an expression made. */
export interface Made {
  kind: 'made'
  members: ReadonlyMap<string, Origins>
  /** Made by another expression than the one that looks at it. */
  outside: boolean
}

export interface List {
  kind: 'list'
  items: Origins
}

/** A text, number or boolean that was written or computed. */
export interface Plain {
  kind: 'plain'
  type: StaticType | null
  /** The one value that it can be, where it is written in the mapping. */
  value?: unknown
}

export interface Anything {
  kind: 'anything'
}

/** The whole of what an expression reads. */
export const field = (of: string, view: SchemaView): Origins => [
  { kind: 'field', of, from: 'record', path: [], depth: 0, view, many: false },
]

export const ANY: Origins = [{ kind: 'anything' }]

export const plain = (type: StaticType | null): Origins => [{ kind: 'plain', type }]

/** Beyond this nobody reads the hint, and joining costs. */
const MOST = 24

/** What a value may be that comes from either side. */
export function either(first: Origins, second: Origins): Origins {
  if (first.length === 0 || first === second) return second
  const added = second.filter(origin => !first.some(known => same(known, origin)))
  if (added.length === 0) return first
  return first.length + added.length > MOST ? ANY : [...first, ...added]
}

const same = (a: Origin, b: Origin): boolean =>
  a === b ||
  (a.kind === 'anything' && b.kind === 'anything') ||
  (a.kind === 'field' &&
    b.kind === 'field' &&
    a.view === b.view &&
    a.path.length === b.path.length &&
    a.path.every((name, index) => name === b.path[index]))

/** What the items are that an expression is evaluated for, one by one; `*` marks them where a rule does so. */
export function itemsOf(origins: Origins, mark = false): Origins {
  if (!mark && !origins.some(isListed)) return origins
  return origins.flatMap((origin): Origins => {
    if (origin.kind === 'list') return itemsOf(origin.items)
    if (origin.kind !== 'field') return [origin]
    const path = mark ? [...origin.path, '*'] : origin.path
    return [{ ...origin, path, view: itemView(origin.view), many: true }]
  })
}

const isListed = (origin: Origin): boolean =>
  origin.kind === 'list' || (origin.kind === 'field' && origin.view.types?.has('array') === true)

/** A list's items; what is no list is its own only item. */
function itemView(view: SchemaView): SchemaView {
  return view.types?.has('array') ? itemView(view.items) : view
}

/** The same, seen from an expression whose context it is. */
export const asContext = (origins: Origins): Origins =>
  origins.map(origin => {
    if (origin.kind === 'field')
      return origin.from === null
        ? origin
        : { ...origin, from: 'context', depth: origin.path.length, many: false }
    return origin.kind === 'made' ? { ...origin, outside: true } : origin
  })

/** The same, seen from an expression below that names it by a variable. */
export const asVariable = (origins: Origins): Origins =>
  origins.map(origin => (origin.kind === 'made' ? { ...origin, outside: true } : origin))

/** The types that a value may have, whole numbers as numbers; null where that is not known. */
export function typesOf(origin: Origin): ReadonlySet<StaticType> | null {
  switch (origin.kind) {
    case 'field':
      return typesOfField(origin)
    case 'made':
      return new Set(['object'])
    case 'list':
      return new Set(['array'])
    case 'plain':
      return origin.type && new Set([origin.type])
    case 'anything':
      return null
  }
}

function typesOfField({ view: { types }, many }: Field): ReadonlySet<StaticType> | null {
  if (!types || (many && types.has('array'))) return null
  const found = [...types].map(type => (type === 'integer' ? 'number' : (type as StaticType)))
  return new Set(many ? [...found, 'array'] : found)
}

/** What a value is, for people. */
export function describe(origin: Origin): string {
  const types = [...(typesOf(origin) ?? [])].map(type => `${/^[ao]/.test(type) ? 'an' : 'a'} ${type}`)
  const what = origin.kind === 'field' ? `\`${pointerOf(origin.path)}\`` : 'this'
  return `${what} is ${types.join(' or ') || 'something else'}`
}

export const pointerOf = (path: readonly string[]): string =>
  path.map(name => `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
