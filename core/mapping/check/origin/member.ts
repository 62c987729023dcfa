import type { SchemaView } from '../schema-view.ts'
import { ANY, type Field, type Made, type Origin, type Origins, pointerOf } from './origin.ts'

export interface Found {
  origins: Origins
  /** Where nothing has such a member: what was searched, in a sentence, and the names that would have been right. */
  unknown: { message: string; known: readonly string[] } | null
}

/** The member of whatever a value may be, as JSONata finds it: lists are looked through. */
export function memberOf(context: Origins, name: string): Found {
  const found = context.map(origin => memberOfOne(origin, name))
  const known = found.filter(origins => origins !== null)
  if (known.length > 0 || context.length === 0) return { origins: known.flat(), unknown: null }
  return { origins: ANY, unknown: { message: missing(context, name), known: context.flatMap(namesOf) } }
}

/** Null where it can have no such member. */
function memberOfOne(origin: Origin, name: string): Origins | null {
  switch (origin.kind) {
    case 'field':
      return memberOfField(origin, name)
    case 'made':
      return memberOfMade(origin, name)
    case 'list':
      return within(origin.items, name)
    case 'plain':
      return origin.type === null ? ANY : null
    case 'anything':
      return ANY
  }
}

function within(origins: Origins, name: string): Origins | null {
  const { origins: found, unknown } = memberOf(origins, name)
  return unknown ? null : found
}

function memberOfMade({ members, outside }: Made, name: string): Origins | null {
  const found = members.get(name)
  if (!found || !outside) return found ?? null
  // The expression that looks cannot name these fields itself.
  return found.map(origin => (origin.kind === 'field' ? { ...origin, from: null } : origin))
}

function memberOfField(field: Field, name: string): Origins | null {
  const view = propertyOf(field.view, name)
  if (!view) return null
  const many = field.many || field.view.types?.has('array') === true
  return [{ ...field, path: [...field.path, name], view, many }]
}

/** The member of an object, or of the objects of a list. */
function propertyOf(view: SchemaView, name: string): SchemaView | null {
  const { types } = view
  if (!types || types.has('object')) {
    const found = view.property(name)
    if (found) return found
  }
  return types?.has('array') ? propertyOf(view.items, name) : null
}

function namesOf(origin: Origin): readonly string[] {
  if (origin.kind === 'field') return propertyNames(origin.view)
  if (origin.kind === 'made') return [...origin.members.keys()]
  return origin.kind === 'list' ? origin.items.flatMap(namesOf) : []
}

const propertyNames = (view: SchemaView): readonly string[] =>
  view.types?.has('array') ? [...view.propertyNames, ...propertyNames(view.items)] : view.propertyNames

function missing(context: Origins, name: string): string {
  const field = context.find(origin => origin.kind === 'field')
  if (field && hasMembers(field.view)) return `${field.of} has no \`${pointerOf([...field.path, name])}\`.`
  if (field) return `\`${pointerOf(field.path)}\` has no members, so no \`${name}\`.`
  return context.some(origin => origin.kind === 'made')
    ? `The object made here has no \`${name}\`.`
    : `This is a value without members, so it has no \`${name}\`.`
}

const hasMembers = ({ types }: SchemaView): boolean => !types || types.has('object') || types.has('array')
