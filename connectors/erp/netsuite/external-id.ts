import { createHash } from 'node:crypto'

const MOST_READABLE = 40

/**
 * A key as an external id. NetSuite allows letters, digits, `_` and `-` in addresses, so the readable part may meet
 * another key's; the digest does not.
 */
export function externalIdOf(key: string): string {
  const readable = key.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, MOST_READABLE)
  const digest = createHash('sha256').update(key).digest('base64url').slice(0, 20)
  return `hub-${readable}-${digest}`
}
