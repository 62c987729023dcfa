/** Names that hold credentials, whatever stands around them: `webhookSecret`, `x-api-key`, `accessToken`. */
const SECRET =
  /secret|passw|token|authori[sz]ation|cookie|credential|signature|hmac|api[-_]?key|private[-_]?key|session/i

/** Names that hold personal data, or whole payloads that do. */
const PERSONAL =
  /e-?mail|phone|address[12]?$|first[-_]?name|last[-_]?name|customer|recipient|^(body|payload|headers)$/i

const HIDDEN = '[hidden]'
const MAX_DEPTH = 6
const MAX_VERDICTS = 5_000

/** Field names repeat on every line, so each is judged once; bounded, because some come from partners. */
const verdicts = new Map<string, boolean>()

function hides(name: string): boolean {
  const known = verdicts.get(name)
  if (known !== undefined) return known
  const verdict = SECRET.test(name) || PERSONAL.test(name)
  if (verdicts.size >= MAX_VERDICTS) verdicts.clear()
  verdicts.set(name, verdict)
  return verdict
}

/** A copy of the fields in which secrets and personal data are replaced by `[hidden]`, at any depth. */
export function redact(fields: Record<string, unknown>, depth = 0): Record<string, unknown> {
  const safe: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(fields))
    safe[name] = hides(name) ? HIDDEN : redactValue(value, depth)
  return safe
}

function redactValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth >= MAX_DEPTH) return '[deep]'
  if (value instanceof Error) return { type: value.name, message: value.message, stack: value.stack }
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`
  if (Array.isArray(value)) return value.map(item => redactValue(item, depth + 1))
  return redact(value as Record<string, unknown>, depth + 1)
}
