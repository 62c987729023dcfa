import type { Member, Rule } from '../source/mapping-source.ts'
import type { Place, Problems } from '../source/problems.ts'
import { checkExpressionType, checkLiteral } from './check-type.ts'
import type { DocumentCheck } from './document-check.ts'
import { nearest } from './nearest.ts'
import type { Origins } from './origin/origin.ts'
import { ANYTHING, type SchemaView } from './schema-view.ts'
import type { Shape, ShapeMember } from './shape.ts'

/** Where a rule makes something, and from where. */
interface Spot {
  pointer: string
  view: SchemaView
  required: boolean
  context: Origins
}

/** Fits the rules of a document to its schema; what does not fit is reported. */
export function shapeDocument(rule: Rule, view: SchemaView, check: DocumentCheck): Shape {
  return shapeRule(rule, { pointer: '', view, required: true, context: check.leaves.record }, check)
}

function shapeRule(rule: Rule, spot: Spot, check: DocumentCheck): Shape {
  switch (rule.kind) {
    case 'literal':
      checkLiteral(rule.value, rule.place, spot, check.problems)
      return { kind: 'literal', value: rule.value, pointer: spot.pointer, place: rule.place }
    case 'expression': {
      const { leaf, trace } = check.leaves.leaf(rule.expression, spot)
      checkExpressionType(rule.expression, trace, spot, check)
      return { kind: 'leaf', leaf }
    }
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
          shapeRule(item, itemSpot(spot, String(index), spot.context), check),
        ),
      }
  }
}

function shapeObject(rule: Rule & { kind: 'object' }, spot: Spot, check: DocumentCheck): Shape {
  expectType('object', rule.place, spot, check.problems)
  const within = rule.context && check.leaves.context(rule.context, spot, false)
  const context = within?.context ?? spot.context
  const required = new Set(spot.view.required)
  const members = rule.members.flatMap(member =>
    shapeMember(member, { ...spot, context, required: required.has(member.name) }, check),
  )
  const filled = new Set(rule.members.map(member => member.name))
  for (const name of required)
    if (!filled.has(name)) reportUnfilled(name, rule.removed?.get(name) ?? rule.place, spot, check.problems)
  return { kind: 'object', context: within?.leaf ?? null, members, pointer: spot.pointer, place: rule.place }
}

function shapeMember({ name, rule, place }: Member, spot: Spot, check: DocumentCheck): ShapeMember[] {
  const view = spot.view.property(name)
  const pointer = `${spot.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
  if (!view)
    check.problems.add(
      'TARGET_UNKNOWN',
      place,
      `The schema has no \`${pointer}\`.`,
      nearest(name, spot.view.propertyNames),
    )
  // What stands under a wrong name is looked at all the same: everything is reported at once.
  const shape = rule && shapeRule(rule, { ...spot, pointer, view: view ?? ANYTHING }, check)
  return shape ? [{ name, required: spot.required, shape }] : []
}

function shapeEach(rule: Rule & { kind: 'each' }, spot: Spot, check: DocumentCheck): Shape {
  expectType('array', rule.place, spot, check.problems)
  const { leaf: items, context } = check.leaves.context(rule.items, { ...spot, required: false }, true)
  const when = rule.when && check.leaves.context(rule.when, { ...spot, context, required: false }, false).leaf
  return {
    kind: 'each',
    items,
    when,
    item: shapeRule(rule.item, itemSpot(spot, '*', context), check),
    pointer: spot.pointer,
  }
}

const itemSpot = (spot: Spot, segment: string, context: Origins): Spot => ({
  pointer: `${spot.pointer}/${segment}`,
  view: spot.view.items,
  required: false,
  context,
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
