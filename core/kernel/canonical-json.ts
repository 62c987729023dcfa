import { createHash } from 'node:crypto'
import { configure } from 'safe-stable-stringify'

const stringify = configure({ deterministic: true, circularValue: Error, bigint: false })

/** JSON with sorted keys: equal values give equal text. Undefined members are left out. */
export const canonicalJson = (value: unknown): string => stringify(value) ?? 'null'

/** Digest of the canonical JSON: equal content has an equal hash. */
export const contentHash = (value: unknown): string =>
  createHash('sha256').update(canonicalJson(value)).digest('base64url')
