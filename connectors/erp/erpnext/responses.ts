import { HTTP_RESPONSES, type ResponseTable } from '../../sdk/index.ts'

interface Failure {
  exc_type?: unknown
  exception?: unknown
  _server_messages?: unknown
}

/** Name of the exception, without its module. */
const typeOf = (body: unknown): string => {
  const { exc_type, exception } = Object(body) as Failure
  if (typeof exc_type === 'string') return exc_type
  return /^(?:[\w.]+\.)?(\w+)/.exec(typeof exception === 'string' ? exception : '')?.[1] ?? ''
}

const is =
  (...types: string[]) =>
  (body: unknown): boolean =>
    types.includes(typeOf(body))

const HIDDEN = '•••'
const MOST = 240

/** What the site says: a list of texts in JSON, each of them JSON again, with HTML in it. */
function said(body: unknown): string | undefined {
  const type = /^\w{1,60}$/.exec(typeOf(body))?.[0]
  const sentence = messageIn((Object(body) as Failure)._server_messages)
  const shown =
    sentence &&
    masked(
      sentence
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
  return [type, shown?.slice(0, MOST)].filter(Boolean).join(': ') || undefined
}

function messageIn(messages: unknown): string | undefined {
  if (typeof messages !== 'string') return undefined
  try {
    const [first] = JSON.parse(messages) as unknown[]
    const { message } = JSON.parse(String(first)) as { message?: unknown }
    return typeof message === 'string' ? message : undefined
  } catch {
    // Another form of it, or half an answer: the exception's name has to do.
    return undefined
  }
}

/** Without e-mail addresses and long digit runs (phones). */
const masked = (text: string): string =>
  text
    .replaceAll(/[^\s@“”"'<>]+@[^\s@“”"'<>]+\.[a-z]{2,}/gi, HIDDEN)
    .replaceAll(/\+?\d[\d ()/-]{8,}\d/g, HIDDEN)

/**
 * By exception: the status of all that is thrown at a document is 417, also of what means “read again”.
 * https://docs.frappe.io/framework/user/en/api/rest
 */
export const responses: ResponseTable = [
  {
    status: '4xx',
    body: is('UniqueValidationError', 'DuplicateEntryError'),
    code: 'PARTNER_CONFLICT',
    fingerprint: 'taken',
  },
  // Somebody saved or works on the document: read again.
  {
    status: 'any',
    body: is('TimestampMismatchError', 'DocumentLockedError', 'QueryDeadlockError', 'QueryTimeoutError'),
    code: 'PARTNER_CONFLICT',
    detail: said,
  },
  { status: 404, body: is('DoesNotExistError'), code: 'PARTNER_REFUSED', fingerprint: 'DoesNotExistError' },
  { status: 403, code: 'UNAUTHORIZED', detail: said },
  { status: 417, code: 'PARTNER_REFUSED', detail: said },
  { status: 400, code: 'PARTNER_REFUSED', detail: said },
  ...HTTP_RESPONSES,
]
