import type { PageRequest } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 1_000

export const limitOf = ({ limit = DEFAULT_LIMIT }: PageRequest): number =>
  Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT)

/** A cursor is the sort key of the last item; the caller is not to read it. */
export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

/** The key that `encodeCursor` was given, or null without a cursor. */
export function decodeCursor({ after }: PageRequest, length: number): (string | number)[] | null {
  if (after === undefined) return null
  const key = parse(after)
  const isKey =
    Array.isArray(key) &&
    key.length === length &&
    key.every(part => ['string', 'number'].includes(typeof part))
  if (!isKey) throw new HubError('INPUT_INVALID', { detail: 'The cursor is not one of ours.' })
  return key
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString())
  } catch {
    return null
  }
}
