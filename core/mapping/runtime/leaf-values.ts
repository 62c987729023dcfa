import { HubError } from '../../errors/hub-error.ts'
import type { Leaf } from '../check/shape.ts'
import { startOfToken } from '../expression/parse.ts'
import { digitsOf, kindOf } from '../functions/hub-function.ts'
import { chargeDeep } from './charge.ts'
import { asExpressionError, type ExpressionError } from './expression-error.ts'
import { type MappingRun, nameOf, pointerOf, type Where } from './mapping-run.ts'
import { names } from './path.ts'
import { plainJson } from './plain-json.ts'
import { isArray, one, wrapInput } from './sequence.ts'

/** A value that is not at once of its leaf's type: absent, to be converted, or wrong. Gives what to write, if anything. */
export function coerce(run: MappingRun, value: unknown, where: Where): unknown {
  const { leaf } = where
  if (value === undefined || value === null) {
    if (leaf.required) missing(run, where)
    return undefined
  }
  chargeDeep(run, value)
  const converted = convert(leaf, value)
  if (converted === undefined)
    report(run, where, {
      code: 'MAPPING_TYPE',
      what: `must be ${wordsOf(leaf)}, but its rule gives ${kindOf(value)}.`,
    })
  return converted
}

function convert({ type }: Leaf, value: unknown): unknown {
  if (typeof value === 'object') return convertObject(type, value as object)
  if (typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value))) return undefined
  if (type === 'any') return value
  if (type === 'array') return [value]
  if (type === 'string')
    return typeof value === 'number' ? digitsOf(value) : typeof value === 'string' ? value : undefined
  if (type === 'integer') return Number.isInteger(value) ? value : undefined
  return typeof value === type ? value : undefined
}

function convertObject(type: Leaf['type'], value: object): unknown {
  if (type === 'array') return isArray(value) ? plainJson(value) : [plainJson(value)]
  return type === 'any' || (type === 'object' && !isArray(value)) ? plainJson(value) : undefined
}

const wordsOf = ({ type }: Leaf): string =>
  type === 'integer'
    ? 'a whole number'
    : type === 'array' || type === 'object'
      ? `an ${type}`
      : type === 'string'
        ? 'a text'
        : `a ${type}`

/** A required leaf that is absent: says which source field it looked for. */
export function missing(run: MappingRun, where: Where): void {
  report(run, where, { code: 'MAPPING_MISSING', what: `is missing: ${whyAbsent(run, where)}` })
}

function whyAbsent(run: MappingRun, { leaf: { reads, expression }, context }: Where): string {
  if (reads.length === 0) return `\`${shortened(expression.text)}\` gives nothing.`
  const fields = reads.map(({ from, path }) => ({
    path,
    present: isPresent(run, from === 'record' ? run.root : context, path),
  }))
  const absent = fields.filter(field => !field.present).map(({ path }) => `\`${path.join('.')}\``)
  if (absent.length < fields.length) return `\`${shortened(expression.text)}\` gives nothing.`
  return absent.length === 1
    ? `${absent[0]} is not in the payload.`
    : `none of ${absent.join(', ')} is in the payload.`
}

function isPresent(run: MappingRun, start: unknown, path: readonly string[]): boolean {
  if (path.includes('*') || path.includes('**')) return false
  const items = [wrapInput(start)].flat() as unknown[]
  const found = one(
    names(
      run,
      items,
      path.map(name => ({ name, at: null })),
      0,
    ),
  )
  return found !== undefined && found !== null
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

/** Codes of hub functions that stay what they are. */
const OWN_CODES = new Set(['MAPPING_TYPE', 'MAPPING_TABLE_MISS', 'CURRENCY_UNKNOWN', 'MAPPING_MISSING'])

/** What an expression threw, as a problem at its place. */
export function failed(run: MappingRun, thrown: unknown, where: Where): void {
  run.depth = 0
  const fault = asExpressionError(thrown)
  if (fault) reportFault(run, where, fault)
  else if (thrown instanceof HubError && OWN_CODES.has(thrown.code))
    report(run, where, { code: thrown.code, what: `cannot be made: ${thrown.detail}` })
  else
    report(run, where, {
      code: 'MAPPING_EXPRESSION',
      what: `failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    })
}

function reportFault(run: MappingRun, where: Where, fault: ExpressionError): void {
  const { text, locate } = where.leaf.expression
  const place = locate(startOfToken(text, fault.position ?? 0, fault.token))
  const message = `${nameOf(where)} failed: ${fault.message} (${fault.code})`
  run.report({ code: 'MAPPING_EXPRESSION', target: pointerOf(where), message, ...place })
}

function report(run: MappingRun, where: Where, { code, what }: { code: string; what: string }): void {
  const { place } = where.leaf.expression
  run.report({ code, target: pointerOf(where), message: `${nameOf(where)} ${what}`, ...place })
}
