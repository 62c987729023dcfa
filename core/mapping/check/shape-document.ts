import type { Member, Rule } from '../source/mapping-source.ts'
import type { Place, Problems } from '../source/problems.ts'
import { checkExpressionType, checkLiteral } from './check-type.ts'
import type { DocumentCheck } from './document-check.ts'
import { pathOfItems, type SourceBase } from './leaf-maker.ts'
import { nearest } from './nearest.ts'
import type { SchemaView } from './schema-view.ts'
import type { Shape, ShapeMember } from './shape.ts'

/** Where a rule makes something, and from where. */
interface Spot {
  pointer: string
  view: SchemaView
  required: boolean
  base: SourceBase
}

/** Fits the rules of a document to its schema; what does not fit is reported. */
export function shapeDocument(rule: Rule, view: SchemaView, check: DocumentCheck): Shape {
  return shapeRule(rule, { pointer: '', view, required: true, base: [] }, check)
}

function shapeRule(rule: Rule, spot: Spot, check: DocumentCheck): Shape {
  switch (rule.kind) {
    case 'literal':
      checkLiteral(rule.value, rule.place, spot, check.problems)
      return { kind: 'literal', value: rule.value }
    case 'expression':
      checkExpressionType(rule.expression, spot, check)
      return { kind: 'leaf', leaf: check.leaves.leaf(rule.expression, spot) }
    case 'object':
      return shapeObject(rule, spot, check)
    case 'each':
      return shapeEach(rule, spot, check)
    case 'list':
      expectType('array', rule.place, spot, check.problems)
      return {
        kind: 'list',
        pointer: spot.pointer,
        items: rule.items.map((item, index) =>
          shapeRule(item, itemSpot(spot, String(index), spot.base), check),
        ),
      }
  }
}

function shapeObject(rule: Rule & { kind: 'object' }, spot: Spot, check: DocumentCheck): Shape {
  expectType('object', rule.place, spot, check.problems)
  const context = rule.context && check.leaves.leaf(rule.context, { ...spot, type: 'any' })
  const base = context ? pathOfItems(context, spot.base, false) : spot.base
  const required = new Set(spot.view.required)
  const members = rule.members.flatMap(member =>
    shapeMember(member, { ...spot, base, required: required.has(member.name) }, check),
  )
  const filled = new Set(rule.members.map(member => member.name))
  for (const name of required) if (!filled.has(name)) reportUnfilled(name, rule.place, spot, check.problems)
  return { kind: 'object', context, members, pointer: spot.pointer, place: rule.place }
}

function shapeMember({ name, rule, place }: Member, spot: Spot, check: DocumentCheck): ShapeMember[] {
  const view = spot.view.property(name)
  const pointer = `${spot.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  if (view && !rule) return []
  if (view && rule)
    return [{ name, required: spot.required, shape: shapeRule(rule, { ...spot, pointer, view }, check) }]
  check.problems.add(
    'TARGET_UNKNOWN',
    place,
    `The schema has no \`${pointer}\`.`,
    nearest(name, spot.view.propertyNames),
  )
  return []
}

function shapeEach(rule: Rule & { kind: 'each' }, spot: Spot, check: DocumentCheck): Shape {
  expectType('array', rule.place, spot, check.problems)
  const items = check.leaves.leaf(rule.items, { ...spot, required: false, type: 'any' })
  const base = pathOfItems(items, spot.base, true)
  const when = rule.when && check.leaves.leaf(rule.when, { ...spot, base, required: false, type: 'any' })
  return {
    kind: 'each',
    items,
    when,
    item: shapeRule(rule.item, itemSpot(spot, '*', base), check),
    pointer: spot.pointer,
  }
}

const itemSpot = (spot: Spot, segment: string, base: SourceBase): Spot => ({
  pointer: `${spot.pointer}/${segment}`,
  view: spot.view.items,
  required: false,
  base,
})

function expectType(
  type: 'array' | 'object',
  place: Place,
  { view, pointer }: Spot,
  problems: Problems,
): void {
  if (!view.types || view.types.has(type)) return
  const found = type === 'array' ? 'a list' : 'an object'
  problems.add(
    'TYPE_WRONG',
    place,
    `\`${pointer}\` must be ${[...view.types].join(' or ')}, but the rule makes ${found}.`,
  )
}

function reportUnfilled(name: string, place: Place, { pointer }: Spot, problems: Problems): void {
  problems.add('TARGET_UNFILLED', place, `\`${pointer}/${name}\` is required, but no rule fills it.`)
}
