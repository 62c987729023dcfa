import type { Node } from '../expression/ast.ts'
import { offsetOf } from '../expression/parse.ts'
import type { Expression } from '../source/mapping-source.ts'
import type { Place, Problems } from '../source/problems.ts'
import type { DocumentCheck } from './document-check.ts'
import { nearest } from './nearest.ts'
import { describe, type Origins, typesOf } from './origin/origin.ts'
import type { Trace } from './origin/trace.ts'
import type { SchemaView } from './schema-view.ts'
import { resultNodes, type StaticType, staticType, tableOf } from './static-type.ts'

interface TypeSpot {
  pointer: string
  view: SchemaView
}

/** A literal must fit exactly: whoever writes it can write it right. */
export function checkLiteral(value: unknown, place: Place, spot: TypeSpot, problems: Problems): void {
  const type = typeof value as StaticType
  if (!allows(spot.view, type)) {
    problems.add(
      'TYPE_WRONG',
      place,
      `\`${spot.pointer}\` must be ${wanted(spot.view)}, but this is a ${type}.`,
    )
    return
  }
  const allowed = spot.view.enum
  if (allowed && !allowed.includes(value)) {
    problems.add(
      'TYPE_WRONG',
      place,
      `\`${spot.pointer}\` cannot be “${String(value)}”.`,
      nearest(String(value), allowed.map(String)) ?? `One of ${allowed.join(', ')}.`,
    )
  }
}

/** What every result of an expression is known to be: literals, operators, functions of one type, entries of a table. */
export function checkExpressionType(
  expression: Expression,
  trace: Trace,
  spot: TypeSpot & { required: boolean },
  check: DocumentCheck,
): void {
  if (spot.required && trace.origins.length === 0)
    check.problems.add(
      'TARGET_UNFILLED',
      expression.place,
      `\`${spot.pointer}\` is required, but this never gives anything.`,
    )
  for (const node of resultNodes(expression.ast)) {
    const place = expression.locate(offsetOf(expression.text, node))
    const table = tableOf(node)
    if (table !== null) checkTable(table, spot, check)
    else if (isLiteral(node)) checkLiteral(node.value, place, spot, check.problems)
    else if (staticType(node)) checkResult(staticType(node), place, spot, check.problems)
    else checkOrigins(trace.at(node), place, spot, check.problems)
  }
}

const isLiteral = (node: Node): node is Node & { value: unknown } =>
  node.type === 'string' || node.type === 'number' || (node.type === 'value' && node.value !== null)

function checkResult(type: StaticType | null, place: Place, spot: TypeSpot, problems: Problems): void {
  if (type === null || allows(spot.view, type) || spot.view.types?.has('array')) return
  // A number is written as its digits where a text is wanted.
  if (type === 'number' && spot.view.types?.has('string')) return
  problems.add(
    'TYPE_WRONG',
    place,
    `\`${spot.pointer}\` must be ${wanted(spot.view)}, but this gives ${type === 'array' || type === 'object' ? 'an' : 'a'} ${type}.`,
  )
}

/** A value that comes from elsewhere is wrong only where nothing that it can be fits. */
function checkOrigins(origins: Origins, place: Place, spot: TypeSpot, problems: Problems): void {
  if (origins.length === 0 || spot.view.types?.has('array')) return
  const fits = origins.some(origin => {
    const types = typesOf(origin)
    return (
      !types ||
      [...types].some(type => allows(spot.view, type) || (isNumber(type) && allows(spot.view, 'string')))
    )
  })
  if (!fits)
    problems.add(
      'TYPE_WRONG',
      place,
      `\`${spot.pointer}\` must be ${wanted(spot.view)}, but ${describe(origins[0]!)}.`,
    )
}

const isNumber = (type: StaticType): boolean => type === 'number'

function checkTable(name: string, spot: TypeSpot, { tables, problems }: DocumentCheck): void {
  for (const { value, place } of tables.get(name)?.entries ?? []) {
    if (value !== undefined && value !== null) checkLiteral(value, place, spot, problems)
  }
}

function allows({ types }: SchemaView, type: StaticType): boolean {
  return !types || types.has(type) || (type === 'number' && types.has('integer'))
}

const wanted = ({ types }: SchemaView): string =>
  [...(types ?? [])]
    .map(type => `${type === 'array' || type === 'integer' || type === 'object' ? 'an' : 'a'} ${type}`)
    .join(' or ')
