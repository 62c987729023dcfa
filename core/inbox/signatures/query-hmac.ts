import { createHmac } from 'node:crypto'
import { liveSecrets, sameText } from './compare.ts'
import { doubled, invalid, mismatch, missing, noSecret, OK } from './refuse.ts'
import type { QueryHmacScheme, Verdict } from './scheme.ts'

const HEX = /^[0-9a-f]{64}$/

/** https://shopify.dev/docs/apps/build/authentication-authorization: names sorted, repeated values joined by a comma. */
export function verifyQueryHmac(
  scheme: QueryHmacScheme,
  target: string,
  secrets: readonly string[],
): Verdict {
  const live = liveSecrets(secrets)
  if (live.length === 0) return noSecret()
  const mark = target.indexOf('?')
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1))
  const [given, ...others] = query.getAll(scheme.parameter)
  if (!given) return missing(scheme.parameter)
  if (others.length > 0) return doubled(scheme.parameter)
  if (!HEX.test(given)) return invalid(`\`${scheme.parameter}\` is not an HMAC-SHA256 in hex.`)
  const text = signedText(scheme, query)
  const holds = live.some(secret => sameText(given, createHmac('sha256', secret).update(text).digest('hex')))
  return holds ? OK : mismatch()
}

function signedText({ parameter, unsigned, separator }: QueryHmacScheme, query: URLSearchParams): string {
  const names = [...new Set(query.keys())]
    .filter(name => name !== parameter && !unsigned.includes(name))
    .sort()
  return names.map(name => `${name}=${query.getAll(name).join(',')}`).join(separator)
}
