import { HTTP_RESPONSES, type ResponseTable } from '../../sdk/index.ts'

interface NetsuiteError {
  detail?: unknown
  'o:errorCode'?: unknown
  'o:errorPath'?: unknown
}

const errorsIn = (body: unknown): NetsuiteError[] => {
  const { 'o:errorDetails': errors } = Object(body) as { 'o:errorDetails'?: unknown }
  return Array.isArray(errors) ? errors.filter(error => typeof error === 'object' && error !== null) : []
}

const has =
  (...codes: string[]) =>
  (body: unknown): boolean =>
    errorsIn(body).some(error => codes.includes(String(error['o:errorCode'])))

/** Two writes at once made the same external id; the one that lost says so in words only. */
const isTaken = (body: unknown): boolean =>
  has('DUP_RCRD', 'DUPLICATE_KEYS', 'UNIQUE_CUST_ID_REQD')(body) ||
  errorsIn(body).some(({ detail }) => /already exists/i.test(String(detail)))

/** Names of fields in capitals or camel case; NetSuite's sentences quote values around them. */
const FIELD = /(?:following field|for field|enter value\(s\) for):?\s*([\w ,]{1,80})/i

/** Code, path and field; the sentence itself may hold what somebody typed. */
function firstError(body: unknown): string | undefined {
  const [error] = errorsIn(body)
  const code = /^[A-Z0-9_]{1,60}$/.exec(String(error?.['o:errorCode'] ?? ''))?.[0]
  const path = /^[\w.[\]]{1,100}$/.exec(String(error?.['o:errorPath'] ?? ''))?.[0]
  const field = FIELD.exec(String(error?.detail ?? ''))?.[1]?.trim()
  const where = path ?? field
  return code && (where ? `${code} at ${where}.` : `${code}.`)
}

/** https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_156570709583.html */
export const responses: ResponseTable = [
  {
    status: 'any',
    body: has('CONCURRENCY_LIMIT_EXCEEDED', 'SSS_REQUEST_LIMIT_EXCEEDED', 'REQUEST_LIMIT_EXCEEDED'),
    code: 'PARTNER_THROTTLED',
  },
  { status: 401, code: 'UNAUTHORIZED', detail: firstError },
  { status: 'any', body: has('INVALID_LOGIN'), code: 'UNAUTHORIZED', detail: firstError },
  { status: 404, body: has('NONEXISTENT_ID'), code: 'PARTNER_REFUSED', fingerprint: 'NONEXISTENT_ID' },
  { status: '4xx', body: isTaken, code: 'PARTNER_CONFLICT', fingerprint: 'taken' },
  // Somebody saved the record while we did: read again.
  { status: '4xx', body: has('RCRD_HAS_BEEN_CHANGED'), code: 'PARTNER_CONFLICT', detail: firstError },
  { status: 400, code: 'PARTNER_REFUSED', detail: firstError },
  { status: 403, code: 'UNAUTHORIZED', detail: firstError },
  ...HTTP_RESPONSES,
]
