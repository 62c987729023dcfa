import { createHash } from 'node:crypto'
import { type ErrorCode, REGISTER } from '../errors/register.ts'

/** What is known of a failure when its subject is parked. */
export interface Origin {
  code: ErrorCode
  connector: string
  connection?: string
  resource?: string
  topic?: string
  /** JSON pointer of the problem, or what else the error names as its place. */
  pointer?: string
  /** The sentence of this case. */
  detail?: string
}

export interface CauseOf {
  /** Short and stable: the same origin gives the same cause, in every process and every version. */
  cause: string
  title: string
}

/** Which part of the sentence tells one origin from another, where the place alone does not. */
const DETAIL: Partial<Record<ErrorCode, (detail: string) => string>> = {
  // The missing entry is the origin: each value needs an entry of its own.
  MAPPING_TABLE_MISS: detail =>
    /Table `.*` has no entry for “.*”\./.exec(detail)?.[0] ?? detail.replace(/ \(and \d+ more\)$/, ''),
  DOCUMENT_INVALID: normalizeSentence,
  PARTNER_REFUSED: normalizeSentence,
  PARTNER_CONFLICT: normalizeSentence,
  PARTNER_ANSWER_INVALID: normalizeSentence,
  RETRIES_EXHAUSTED: normalizeSentence,
  UNEXPECTED: normalizeSentence,
}

/** A table is one for all topics and leaves that look it up: their names do not make another origin. */
const ANYWHERE: ReadonlySet<ErrorCode> = new Set(['MAPPING_TABLE_MISS'])

/** Groups dead letters by what one repair would solve: a field of a mapping, a table entry, a partner's refusal, a connection. */
export function fingerprint(origin: Origin): CauseOf {
  const { code, connector } = origin
  const anywhere = ANYWHERE.has(code)
  const what = anywhere ? '' : (origin.resource ?? origin.topic ?? '')
  const place = origin.pointer && !anywhere ? normalizePointer(origin.pointer) : ''
  const detail = origin.detail ? (DETAIL[code]?.(origin.detail) ?? '') : ''
  // What an operator repairs is a connection; what data or a mapping lacks is the same at every connection of the partner.
  const at = REGISTER[code].fault === 'operator' ? (origin.connection ?? '') : ''
  const parts = [code, connector, what, place, detail, at]
  return {
    cause: createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16),
    title: titleOf(code, parts),
  }
}

function titleOf(code: ErrorCode, [, connector, what, place, detail, at]: string[]): string {
  const where = [at || connector, what, place].filter(Boolean).join(' ')
  const sentence = detail || REGISTER[code].message
  return `${where ? `${where}: ` : ''}${sentence}`.slice(0, 200)
}

/** `/lines/3/sku` and `lines[3].sku` are the same origin as the fourth line's. */
export const normalizePointer = (pointer: string): string =>
  pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*').replaceAll(/\[\d+\]/g, '[*]')

/** A partner's sentence without what changes from case to case: ids, numbers, names, addresses. */
export function normalizeSentence(sentence: string): string {
  return sentence
    .replaceAll(/["“”'‘’]([^"“”'‘’]{1,200})["“”'‘’]/g, (whole, quoted: string) =>
      FIELD.test(quoted) ? whole : '“*”',
    )
    .replaceAll(/\S+@\S+\.\S+/g, '*')
    .replaceAll(/[a-z][a-z+.-]*:\/\/\S+/gi, '*')
    .replaceAll(/[\p{L}\d_#.:/-]*\d[\p{L}\d_#.:/-]*/gu, '*')
    .replaceAll(/\*(?:[\s,]+\*)+/g, '*')
    .trim()
    .slice(0, 160)
}

/** A quoted field name belongs to the origin; a quoted value does not. */
const FIELD = /^[a-z][a-z_]*(?:\.[a-z_]+)*$/
