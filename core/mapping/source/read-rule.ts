import { isMap, isScalar, isSeq, type Node } from 'yaml'
import { nearest } from '../check/nearest.ts'
import { Expression, type Member, type Rule } from './mapping-source.ts'
import type { Entry, YamlFile } from './yaml-file.ts'

/** Keys of a map in `document` that are not members. */
export const DIRECTIVES = ['$each', '$when', '$with', '$value']

/** A part of the document; null where it is wrong, which is then reported. */
export function readRule(file: YamlFile, node: Node | null, owner: string): Rule | null {
  if (isMap(node)) return readMap(file, node, owner)
  const place = file.placeOf(node)
  if (isSeq(node)) {
    const items = (node.items as Node[]).map(item => readRule(file, item, owner))
    return { kind: 'list', items: items.filter(item => item !== null), place }
  }
  const value = file.scalar(node)
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'literal', value, place }
  const expression = readExpression(file, node, owner)
  return expression && { kind: 'expression', expression, place }
}

/** A JSONata expression; null where it is wrong, which is then reported. */
export function readExpression(file: YamlFile, node: Node | null, owner: string): Expression | null {
  if (!isScalar(node) || typeof node.value !== 'string' || node.value.trim() === '') {
    file.wrong(node, `\`${owner}\` needs an expression.`)
    return null
  }
  const text = node.value
  const locate = file.locator(node)
  const { ast, fault } = file.parse(text)
  if (ast) return new Expression(text, ast, locate)
  file.problems.add(
    'EXPRESSION_SYNTAX',
    locate(fault.offset),
    `\`${owner}\`: ${fault.message} (${fault.code})`,
  )
  return null
}

function readMap(file: YamlFile, node: Node, owner: string): Rule | null {
  const entries = file.entries(node, owner)
  const directives = new Map(
    entries.filter(entry => entry.key.startsWith('$')).map(entry => [entry.key, entry]),
  )
  const unknown = [...directives.values()].filter(({ key }) => !DIRECTIVES.includes(key))
  for (const { key, keyPlace } of unknown)
    file.problems.add('KEY_UNKNOWN', keyPlace, `There is no \`${key}\`.`, nearest(key, DIRECTIVES))
  if (unknown.length > 0) return null
  const members = readMembers(
    file,
    entries.filter(entry => !entry.key.startsWith('$')),
    owner,
  )
  const each = directives.get('$each')
  return each
    ? readEach(file, each, { directives, members, node, owner })
    : readObject(file, { directives, members, node, owner })
}

interface MapParts {
  directives: ReadonlyMap<string, Entry>
  members: Member[]
  node: Node
  owner: string
}

function readMembers(file: YamlFile, entries: readonly Entry[], owner: string): Member[] {
  return entries.map(({ key, keyPlace, value }) => ({
    name: key,
    rule: readRule(file, value, key || owner),
    place: keyPlace,
  }))
}

function readObject(file: YamlFile, { directives, members, node, owner }: MapParts): Rule | null {
  refuse(file, directives, ['$when', '$value'], 'only stands beside `$each`')
  const within = directives.get('$with')
  const context = within ? readExpression(file, within.value, `${owner}.$with`) : null
  return within && !context ? null : objectOf(file, node, { context, members })
}

const objectOf = (
  file: YamlFile,
  node: Node,
  parts: { context: Expression | null; members: Member[] },
): Rule & { kind: 'object' } => ({
  kind: 'object',
  ...parts,
  place: file.placeOf(node),
  removed: file.removedFrom(node),
})

function readEach(file: YamlFile, each: Entry, { directives, members, node, owner }: MapParts): Rule | null {
  refuse(file, directives, ['$with'], 'cannot stand beside `$each`')
  const [when, value] = [directives.get('$when'), directives.get('$value')]
  const items = readExpression(file, each.value, `${owner}.$each`)
  const filter = when ? readExpression(file, when.value, `${owner}.$when`) : null
  if (value && members.length > 0)
    file.problems.add('VALUE_WRONG', value.keyPlace, '`$value` stands instead of members, not beside them.')
  const item = value
    ? readRule(file, value.value, `${owner}.$value`)
    : objectOf(file, node, { context: null, members })
  if (!items || !item || (when && !filter)) return null
  return { kind: 'each', items, when: filter, item, place: file.placeOf(node) }
}

function refuse(
  file: YamlFile,
  directives: ReadonlyMap<string, Entry>,
  keys: readonly string[],
  why: string,
): void {
  for (const key of keys) {
    const entry = directives.get(key)
    if (entry) file.problems.add('VALUE_WRONG', entry.keyPlace, `\`${key}\` ${why}.`)
  }
}
