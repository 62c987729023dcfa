import { HTTP_RESPONSES, type ResponseRule, type ResponseTable } from '../../sdk/index.ts'

/** What JSON-2 answers to a failed call: the Python class by its full name, and its text. */
interface OdooFault {
  name: string
  message: string
}

const MOST_DETAIL = 300
const HIDDEN = '•••'

const faultIn = (body: unknown): OdooFault | null => {
  const { name, message } = Object(body) as Partial<Record<keyof OdooFault, unknown>>
  return typeof name === 'string' ? { name, message: typeof message === 'string' ? message : '' } : null
}

/** Odoo's sentence on one line, without e-mail addresses and long numbers (phones, cards). */
export const sentenceOf = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\s@“”"'<>]+@[^\s@“”"'<>]+\.[a-z]{2,}/gi, HIDDEN)
    .replaceAll(/\+?\d[\d ()/-]{8,}\d/g, HIDDEN)
    .trim()
    .slice(0, MOST_DETAIL)

const said = (body: unknown): string | undefined => {
  const fault = faultIn(body)
  return fault ? `${fault.name.split('.').at(-1)}: ${sentenceOf(fault.message)}` : undefined
}

/** An AccessError names the model and the groups that have the right; that is what the operator needs. */
const named =
  (pattern: RegExp) =>
  (body: unknown): boolean =>
    pattern.test(faultIn(body)?.name ?? '')

/** PostgreSQL's own words, which reach us as text where `load` swallows the class. */
export const isConflictText = (text: string): boolean =>
  /could not serialize access|deadlock detected|could not obtain lock|concurrent update|current transaction is aborted|connection already closed/i.test(
    text,
  )

const rule = (status: ResponseRule['status'], name: RegExp, code: ResponseRule['code']): ResponseRule => ({
  status,
  body: named(name),
  code,
  detail: said,
})

/**
 * The name decides, not the status: 500 is a caller's mistake as often as a fault of the server. What no row knows of a
 * 500 is retried with a small budget, because a Python error that repeats will not heal in three days.
 */
export const responses: ResponseTable = [
  rule(401, /./, 'UNAUTHORIZED'),
  rule(403, /AccessError$/, 'PARTNER_FORBIDDEN'),
  rule(403, /./, 'UNAUTHORIZED'),
  rule(
    '4xx',
    /(Validation|User|Missing|Redirect|Cache)\w*$|UnprocessableEntity$|NotFound$|BadRequest$/,
    'PARTNER_REFUSED',
  ),
  // A page for people: no database is chosen, or there is no Odoo behind this address.
  { status: 404, code: 'PARTNER_ANSWER_INVALID', fingerprint: 'page' },
  rule('5xx', /SerializationFailure$|LockNotAvailable$|DeadlockDetected$/, 'PARTNER_CONFLICT'),
  rule('5xx', /OperationalError$|InterfaceError$|PoolError$|AdminShutdown$|QueryCanceled$/, 'PARTNER_FAILED'),
  rule('5xx', /^builtins\.(ValueError|TypeError)$/, 'PARTNER_REFUSED'),
  rule(
    '5xx',
    /^psycopg2\.(errors\.)?(Invalid|Numeric|String|Datetime|Data|NotNull|Unique|ForeignKey|Check)/,
    'PARTNER_REFUSED',
  ),
  rule('5xx', /./, 'PARTNER_ANSWER_INVALID'),
  ...HTTP_RESPONSES,
]
