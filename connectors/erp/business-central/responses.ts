import { HTTP_RESPONSES, type ResponseTable } from '../../sdk/index.ts'

interface Said {
  code?: string
  message?: string
}

const said = (body: unknown): Said => {
  const { error } = Object(body) as { error?: unknown }
  const { code, message } = Object(error) as Record<string, unknown>
  return {
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof message === 'string' ? { message } : {}),
  }
}

const HIDDEN = '•••'

/** What follows these words is what somebody entered. */
const ENTERED = /\b(?:Value|CorrelationId|Identification fields and values)\s*:.*$/s

/** Code and sentence, without what was entered, addresses, numbers of phones and tokens. */
function sentence(body: unknown): string | undefined {
  const { code, message } = said(body)
  const plain = message
    ?.replace(ENTERED, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\s@'"<>]+@[^\s@'"<>]+\.[a-z]{2,}/gi, HIDDEN)
    .replaceAll(/\b(bearer|basic)\s+[\w.~+/=-]+/gi, `$1 ${HIDDEN}`)
    .replaceAll(/\+?\d[\d ()/-]{8,}\d/g, HIDDEN)
    .trim()
  return [code, plain].filter(Boolean).join(': ').slice(0, 300) || undefined
}

const hasCode =
  (...codes: string[]) =>
  (body: unknown): boolean =>
    codes.includes(said(body).code ?? '')

/** Another session holds the record; Business Central has no code of its own for it. */
const isLocked = (body: unknown): boolean =>
  /updated in a transaction|locked by another|deadlock/i.test(said(body).message ?? '')

/** https://learn.microsoft.com/en-us/dynamics365/business-central/dev-itpro/api-reference/v2.0/dynamics-error-codes */
export const responses: ResponseTable = [
  { status: 412, code: 'PARTNER_CONFLICT', detail: sentence },
  { status: 'any', body: hasCode('Request_EntityChanged'), code: 'PARTNER_CONFLICT', detail: sentence },
  { status: '4xx', body: isLocked, code: 'PARTNER_CONFLICT', fingerprint: 'locked' },
  {
    status: 400,
    body: hasCode('Internal_EntityWithSameKeyExists'),
    code: 'PARTNER_CONFLICT',
    detail: sentence,
  },
  { status: '4xx', body: hasCode('Internal_TenantUnavailable'), code: 'PARTNER_FAILED', detail: sentence },
  { status: 400, code: 'PARTNER_REFUSED', detail: sentence },
  { status: 403, code: 'PARTNER_FORBIDDEN', detail: sentence },
  { status: 404, code: 'PARTNER_REFUSED', detail: sentence, fingerprint: 'gone' },
  { status: 413, code: 'PARTNER_REFUSED', detail: sentence },
  ...HTTP_RESPONSES,
]
