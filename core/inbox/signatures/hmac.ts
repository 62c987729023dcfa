import { createHash, createHmac } from 'node:crypto'
import type { RawRequest } from '../../contracts/connector.ts'
import { liveSecrets, sameText } from './compare.ts'
import { doubled, invalid, mismatch, missing, noSecret, OK } from './refuse.ts'
import type { HmacScheme, SignedPart, Verdict } from './scheme.ts'
import { isUnixSeconds, staleness } from './signed-time.ts'

const BODY: readonly SignedPart[] = ['body']
const HEX = /^[0-9a-fA-F]{64}$/
const BASE64 = /^[A-Za-z0-9+/]{43}=?$/

export function verifyHmac(
  scheme: HmacScheme,
  request: RawRequest,
  secrets: readonly string[],
  now: number,
): Verdict {
  const live = liveSecrets(secrets)
  if (live.length === 0) return noSecret()
  const header = request.headers[scheme.header]
  if (!header) return missing(scheme.header)
  if (header.includes(',')) return doubled(scheme.header)
  const given = signatureIn(header, scheme)
  if (given === null) return invalid(`\`${scheme.header}\` is not an HMAC-SHA256 in the expected form.`)

  const time = scheme.timestamp
  const seconds = time && request.headers[time.header]
  if (time && !seconds) return missing(time.header)
  if (seconds && !isUnixSeconds(seconds)) return invalid(`\`${time?.header}\` is not a time in Unix seconds.`)

  const parts = signedParts(scheme, request, seconds)
  if (parts === null)
    return invalid('The public address is not known, so the signature over it cannot be checked.')
  const holds = live.some(secret => sameText(given.text, sign(keyOf(scheme, secret), parts, given.encoding)))
  if (!holds) return mismatch()
  return (time && seconds && staleness(seconds, time.toleranceSeconds, now)) || OK
}

type Encoded = { text: string; encoding: 'hex' | 'base64' }

/** In the form that `sign` produces: lower-case hex, padded base64. Text is compared, not bytes: base64 has spare bits. */
function signatureIn(header: string, { encoding, prefix = '' }: HmacScheme): Encoded | null {
  if (!header.startsWith(prefix)) return null
  const text = header.slice(prefix.length)
  if (encoding !== 'base64' && HEX.test(text)) return { text: text.toLowerCase(), encoding: 'hex' }
  if (encoding === 'hex' || !BASE64.test(text)) return null
  return { text: text.length === 43 ? `${text}=` : text, encoding: 'base64' }
}

function sign(key: string, parts: readonly (string | Buffer)[], encoding: 'hex' | 'base64'): string {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest(encoding)
}

const keyOf = (scheme: HmacScheme, secret: string): string =>
  scheme.key === 'nfkd' ? secret.normalize('NFKD') : secret

function signedParts(scheme: HmacScheme, request: RawRequest, seconds = ''): (string | Buffer)[] | null {
  const { signed = BODY, separator } = scheme
  if (signed.includes('url') && request.url === '') return null
  const parts = signed.map(part => signedPart(part, request, seconds))
  return separator ? parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part])) : parts
}

function signedPart(part: SignedPart, request: RawRequest, seconds: string): string | Buffer {
  switch (part) {
    case 'body':
      return request.body
    case 'body-sha256-hex':
      return createHash('sha256').update(request.body).digest('hex')
    case 'url':
      return request.url
    case 'method':
      return request.method.toUpperCase()
    case 'target':
      return request.target
    case 'timestamp':
      return seconds
  }
}
