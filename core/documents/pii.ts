import { PERSONAL_DATA } from './pii.gen.ts'

/** The classes that `x-pii` of a canonical schema may name. */
export type PersonalData = 'name' | 'email' | 'phone' | 'address' | 'ip' | 'tax-id' | 'free-text'

interface Tree {
  readonly [field: string]: PersonalData | Tree
}

const TREES: Readonly<Record<string, Tree>> = PERSONAL_DATA

/**
 * A copy in which every field with an `x-pii` class is masked; who sees it is for `core/accounts/roles.ts` to say. Of an
 * unknown resource nothing is known to be harmless, so every text is masked.
 */
export function maskDocument(resource: string, body: unknown): unknown {
  const tree = TREES[resource]
  return tree ? maskFields(body, tree) : maskAll(body)
}

function maskFields(value: unknown, tree: Tree): unknown {
  if (Array.isArray(value)) return value.map(item => maskFields(item, tree))
  // Where people's data is expected and something else stands, it is theirs all the same.
  if (typeof value !== 'object' || value === null) return maskAll(value)
  const copy: Record<string, unknown> = { ...value }
  for (const [field, below] of Object.entries(tree)) {
    if (copy[field] === undefined) continue
    copy[field] = typeof below === 'string' ? maskValue(copy[field], below) : maskFields(copy[field], below)
  }
  return copy
}

function maskAll(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(maskAll)
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? HIDDEN : value
  return Object.fromEntries(Object.entries(value).map(([field, member]) => [field, maskAll(member)]))
}

const HIDDEN = '•••'

/** Enough to recognise what kind of thing is there, and for a telephone number to tell two apart; nothing to find a person by. */
const maskValue = (value: unknown, kind: PersonalData): unknown => {
  if (kind === 'email') return '•••@•••'
  if (kind === 'phone' && typeof value === 'string' && value.length > 6) return `${HIDDEN}${value.slice(-2)}`
  return HIDDEN
}
