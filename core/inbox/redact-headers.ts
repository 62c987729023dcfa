/** Who we are to the sender, and how it proved itself: neither belongs in the store. */
const SECRET = /auth|cookie|signature|hmac|token|secret|password|api-?key|credential/

/** About this one connection or its proxies, not about the message (RFC 9110 §7.6.1). */
const TRANSPORT =
  /^(connection|keep-alive|host|content-length|content-encoding|transfer-encoding|te|trailer|upgrade|expect|accept|accept-encoding|forwarded|via|x-forwarded-.*|x-real-ip|cf-.*)$/

/** Header names repeat with every message; the sender can make new ones up, so what is remembered is bounded. */
const MAX_REMEMBERED = 1_000

/** Keeps what translation and tracing need (topic, event id, trace id); drops credentials, signatures and transport. */
export function createHeaderRedaction(): (
  headers: Readonly<Record<string, string>>,
) => Record<string, string> {
  const remembered = new Map<string, boolean>()

  const keeps = (name: string): boolean => {
    const known = remembered.get(name)
    if (known !== undefined) return known
    const keep = !SECRET.test(name) && !TRANSPORT.test(name)
    if (remembered.size < MAX_REMEMBERED) remembered.set(name, keep)
    return keep
  }

  return headers => {
    const kept: Record<string, string> = {}
    for (const name in headers) {
      const key = name.toLowerCase()
      if (keeps(key)) kept[key] = headers[name]!
    }
    return kept
  }
}
