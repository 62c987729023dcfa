import { createHash, timingSafeEqual } from 'node:crypto'

/** Constant-time for equal lengths; the length of a signature is no secret, so unequal ones end early. */
export function sameText(given: string, expected: string): boolean {
  if (given.length !== expected.length) return false
  const left = Buffer.from(given)
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * Whether a secret that was sent as it is (a header, a query parameter, Business Central's `clientState`) is one of
 * the live ones. Compares digests, so that not even the length of a secret shows.
 */
export function sameSecret(given: string, secrets: readonly string[]): boolean {
  const digest = sha256(given)
  let found = false
  for (const secret of liveSecrets(secrets)) found = timingSafeEqual(digest, sha256(secret)) || found
  return found
}

/** An empty secret signs for everybody: it counts as none. */
export const liveSecrets = (secrets: readonly string[]): readonly string[] =>
  secrets.every(isLive) ? secrets : secrets.filter(isLive)

const isLive = (secret: string): boolean => secret.trim() !== ''

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
