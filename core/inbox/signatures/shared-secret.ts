import type { RawRequest } from '../../contracts/connector.ts'
import { liveSecrets, sameSecret } from './compare.ts'
import { invalid, missing, noSecret, OK } from './refuse.ts'
import type { SharedSecretScheme, Verdict } from './scheme.ts'

export function verifySharedSecret(
  scheme: SharedSecretScheme,
  request: RawRequest,
  secrets: readonly string[],
): Verdict {
  const live = liveSecrets(secrets)
  if (live.length === 0) return noSecret()
  const name = 'query' in scheme.in ? scheme.in.query : scheme.in.header
  const sent = 'query' in scheme.in ? inQuery(request.target, name) : request.headers[name]
  if (!sent) return missing(name)
  const given = 'query' in scheme.in ? sent : credentialIn(sent, scheme.in.form)
  return given !== null && sameSecret(given, live) ? OK : invalid(`\`${name}\` does not carry a live secret.`)
}

/** RFC 9110 §11.1: the scheme's name is case-insensitive. A basic secret is kept as `user:password` (RFC 7617). */
function credentialIn(header: string, form: 'plain' | 'bearer' | 'basic'): string | null {
  if (form === 'plain') return header
  const [, name, credential] = /^(\w+) +(\S+)$/.exec(header) ?? []
  if (!credential || name?.toLowerCase() !== form) return null
  if (form === 'bearer') return credential
  const decoded = Buffer.from(credential, 'base64')
  return decoded.toString('base64') === credential ? decoded.toString('utf8') : null
}

/** Null for a parameter that is given twice: which one was meant is not ours to guess. */
function inQuery(target: string, name: string): string | null {
  const mark = target.indexOf('?')
  const values = mark < 0 ? [] : new URLSearchParams(target.slice(mark + 1)).getAll(name)
  return values.length === 1 ? values[0]! : null
}
