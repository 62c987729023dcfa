import { HubError } from '../../errors/hub-error.ts'
import type { Leaf } from '../check/shape.ts'
import { startOfToken } from '../expression/parse.ts'
import { digitsOf, kindOf } from '../functions/hub-function.ts'
import { asExpressionError, type ExpressionError } from './expression-error.ts'
import { type MappingRun, nameOf, pointerOf, type Where } from './mapping-run.ts'
import { isArray, isSequence, one, wrapInput } from './sequence.ts'
import { names } from './path.ts'

/** A value that is not at once of its leaf's type: absent, to be converted, or wrong. Gives what to write, if anything. */
export function coerce(run: MappingRun, leaf: Leaf, value: unknown, context: unknown, indices: readonly number[]): unknown {
  if (value === undefined || value === null) {
    if (leaf.required) missing(run, leaf, context, indices)
    return undefined
  }
  const converted = convert(leaf, value)
  if (converted === undefined) report(run, { leaf, indices }, 'MAPPING_TYPE', `must be ${wordsOf(leaf)}, but its rule gives ${kindOf(value)}.`)
  return converted
}

function convert({ type }: Leaf, value: unknown): unknown {
  if (typeof value === 'function' || (typeof value === 'number' && !Number.isFinite(value))) return undefined
  if (type === 'array') return isArray(value) ? plainArray(value) : [value]
  if (type === 'string') return typeof value === 'number' ? digitsOf(value) : typeof value === 'string' ? value : undefined
  if (type === 'any') return isArray(value) ? plainArray(value) : value
  if (type === 'integer') return Number.isInteger(value) ? value : undefined
  if (type === 'object') return typeof value === 'object' && !isArray(value) ? value : undefined
  return typeof value === type ? value : undefined
}

/** Documents hold arrays of JSON, not JSONata's marked sequences. */
const plainArray = (value: unknown[]): unknown[] => (isSequence(value) || Object.hasOwn(value, 'cons') ? [...value] : value)

const wordsOf = ({ type }: Leaf): string => (type === 'integer' ? 'a whole number' : type === 'array' || type === 'object' ? `an ${type}` : type === 'string' ? 'a text' : `a ${type}`)

/** A required leaf that is absent: says which source field it looked for. */
export function missing(run: MappingRun, leaf: Leaf, context: unknown, indices: readonly number[]): void {
  report(run, { leaf, indices }, 'MAPPING_MISSING', `is missing: ${whyAbsent(run, leaf, context)}`)
}

function whyAbsent(run: MappingRun, { reads, expression }: Leaf, context: unknown): string {
  if (reads.length === 0) return `\`${shortened(expression.text)}\` gives nothing.`
  const fields = reads.map(({ from, path }) => ({ path, present: isPresent(run, from === 'record' ? run.root : context, path) }))
  const absent = fields.filter(field => !field.present).map(({ path }) => `\`${path.join('.')}\``)
  if (absent.length < fields.length) return `\`${shortened(expression.text)}\` gives nothing.`
  return absent.length === 1 ? `${absent[0]} is not in the payload.` : `none of ${absent.join(', ')} is in the payload.`
}

function isPresent(run: MappingRun, start: unknown, path: readonly string[]): boolean {
  if (path.includes('*') || path.includes('**')) return false
  const items = [wrapInput(start)].flat() as unknown[]
  const found = one(names(run, items, path.map(name => ({ name, at: null })), 0))
  return found !== undefined && found !== null
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text)

/** Codes of hub functions that stay what they are. */
const OWN_CODES = new Set(['MAPPING_TYPE', 'MAPPING_TABLE_MISS', 'CURRENCY_UNKNOWN', 'MAPPING_MISSING'])

/** What an expression threw, as a problem at its place. */
export function failed(run: MappingRun, leaf: Leaf, thrown: unknown, indices: readonly number[]): void {
  run.depth = 0
  const where = { leaf, indices }
  const fault = asExpressionError(thrown)
  if (fault) reportFault(run, where, fault)
  else if (thrown instanceof HubError && OWN_CODES.has(thrown.code)) report(run, where, thrown.code, `cannot be made: ${thrown.detail}`)
  else report(run, where, 'MAPPING_EXPRESSION', `failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
}

function reportFault(run: MappingRun, where: Where, fault: ExpressionError): void {
  const { text, locate } = where.leaf.expression
  const { line, column } = locate(startOfToken(text, fault.position ?? 0, fault.token))
  const message = `${nameOf(where)} failed: ${fault.message} (${fault.code})`
  run.report({ code: 'MAPPING_EXPRESSION', target: pointerOf(where), message, line, column })
}

function report(run: MappingRun, where: Where, code: string, what: string): void {
  const { line, column } = where.leaf.expression.place
  run.report({ code, target: pointerOf(where), message: `${nameOf(where)} ${what}`, line, column })
}
