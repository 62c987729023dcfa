import { createHash } from 'node:crypto'
import type { PushOperation } from '../../../sdk/index.ts'

/**
 * Square refuses a known key with another body, and takes keys of up to 128 characters: so a digest of what is pushed and
 * of what it was made from.
 */
export const idempotencyKey = (
  { idempotencyKey: key, revision }: PushOperation,
  ...of: readonly (string | number)[]
): string =>
  createHash('sha256')
    .update(JSON.stringify([key, revision, ...of]))
    .digest('base64url')
