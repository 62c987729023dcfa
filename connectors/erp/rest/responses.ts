import { errorFor, type HttpResponse, HubError, type ResponseTable } from '../../sdk/index.ts'

const MOST_DETAIL = 300

/** What an answer that does not confirm means. */
const RESPONSES: ResponseTable = [
  { status: 401, code: 'UNAUTHORIZED', detail: said },
  { status: 403, code: 'UNAUTHORIZED', detail: said },
  { status: 408, code: 'PARTNER_TIMEOUT' },
  { status: 409, code: 'PARTNER_CONFLICT', detail: said },
  { status: 423, code: 'PARTNER_CONFLICT', detail: said },
  { status: 429, code: 'PARTNER_THROTTLED' },
  { status: '5xx', code: 'PARTNER_FAILED', detail: said },
  { status: '3xx', code: 'PARTNER_REDIRECTED' },
  { status: '4xx', code: 'PARTNER_REFUSED', detail: said },
]

/** A 503 that says when to come back asks to slow down; one that does not is an outage. */
const SLOW_DOWN: ResponseTable = [{ status: 503, code: 'PARTNER_THROTTLED' }, ...RESPONSES]

export function answerError(response: HttpResponse, now: number): HubError {
  const error = errorFor(response.headers['retry-after'] ? SLOW_DOWN : RESPONSES, response, now)
  if (error.code !== 'PARTNER_REFUSED') return error
  const { code, detail, status } = error
  return new HubError(code, { detail, status, fingerprint: originOf(detail) })
}

/** Refusals that differ only in numbers and quoted values have the same origin. */
const originOf = (detail: string): string =>
  detail.replaceAll(/“[^”]*”|"[^"]*"|'[^']*'/g, '…').replaceAll(/\d+/g, '#')

/** The ERP's own sentence: problem+json (RFC 9457) or one of the usual shapes, without personal data. */
function said(body: unknown): string | undefined {
  const sentence = sentenceIn(body)?.replaceAll(/\s+/g, ' ').trim()
  return sentence ? masked(sentence).slice(0, MOST_DETAIL) : undefined
}

const SENTENCES = ['detail', 'message', 'error_description', 'error', 'errors', 'title', 'reason'] as const

/** Deep enough for `{ errors: [{ message }] }`; deeper is not a sentence for people. */
function sentenceIn(body: unknown, depth = 0): string | undefined {
  if (typeof body === 'string') return body.trimStart().startsWith('<') ? undefined : body
  if (typeof body !== 'object' || body === null || depth > 3) return undefined
  if (Array.isArray(body)) return firstSentence(body, depth)
  return firstSentence(
    SENTENCES.map(name => (body as Record<string, unknown>)[name]),
    depth,
  )
}

function firstSentence(values: unknown[], depth: number): string | undefined {
  for (const value of values) {
    const sentence = sentenceIn(value, depth + 1)
    if (sentence) return sentence
  }
  return undefined
}

const HIDDEN = '•••'

/** Without e-mail addresses, bearer tokens and long digit runs (phones, cards). */
const masked = (text: string): string =>
  text
    .replaceAll(/[^\s@“”"'<>]+@[^\s@“”"'<>]+\.[a-z]{2,}/gi, HIDDEN)
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`)
    .replaceAll(/\+?\d[\d ()/-]{8,}\d/g, HIDDEN)
