import type { Node } from '#core/mapping/expression/ast.ts'
import { offsetOf } from '#core/mapping/expression/parse.ts'
import { children } from '#core/mapping/expression/walk.ts'
import type { Expression, MappingSource, Member, Rule } from '#core/mapping/source/mapping-source.ts'
import type { Place } from '#core/mapping/source/problems.ts'
import { readMapping } from '#core/mapping/source/read-mapping.ts'
import { YamlFile } from '#core/mapping/source/yaml-file.ts'

/** A name in a mapping file, and what the compiler says where it is wrong. */
export interface NamedPlace extends Place {
  name: string
  /** Of its first letter in the text of the file. */
  offset: number
  code: string
}

/** Names that can be misspelt together with those of other groups of the level. */
interface NameGroup {
  level: number
  names: NamedPlace[]
}

/**
 * Every name of a mapping in rounds that can be misspelt together: one of each expression. What others stand on, such as
 * `$each` and the keys of objects, has rounds of its own by depth, because nothing is known of what stands on a wrong name.
 */
export function namesOf(path: string, text: string): NamedPlace[][] {
  const groups = new NameGroups(text).of(readMapping(new YamlFile(path, text)))
  const levels = [...new Set(groups.map(({ level }) => level))]
  return levels.flatMap(level => roundsOf(groups.filter(group => group.level === level)))
}

function roundsOf(groups: readonly NameGroup[]): NamedPlace[][] {
  const longest = Math.max(...groups.map(({ names }) => names.length))
  return Array.from({ length: longest }, (_, round) =>
    groups.flatMap(({ names }) => names.slice(round, round + 1)),
  )
}

const LEAVES = 0

class NameGroups {
  readonly #groups: NameGroup[] = []
  readonly #starts: readonly number[]

  constructor(text: string) {
    this.#starts = lineStarts(text)
  }

  of({ identity, number, revision, skip, dependsOn, let: variables, document }: MappingSource): NameGroup[] {
    const aside = [...variables.map(({ expression }) => expression), identity, number, revision]
    for (const expression of [
      ...aside,
      ...dependsOn.flatMap(({ ways }) => ways.map(({ expression }) => expression)),
      skip?.expression,
    ])
      if (expression) this.#expression(expression, LEAVES)
    this.#rule(document, LEAVES + 1)
    return this.#groups.filter(({ names }) => names.length > 0)
  }

  #rule(rule: Rule, level: number, namesAreFree = false): void {
    if (rule.kind === 'expression') this.#expression(rule.expression, LEAVES)
    if (rule.kind === 'list') for (const item of rule.items) this.#rule(item, level)
    if (rule.kind === 'each') {
      this.#expression(rule.items, level)
      if (rule.when) this.#expression(rule.when, LEAVES)
      this.#rule(rule.item, level)
    }
    if (rule.kind !== 'object') return
    if (rule.context) this.#expression(rule.context, level)
    for (const member of rule.members) {
      const isLeaf = member.rule?.kind === 'expression' || member.rule?.kind === 'literal'
      if (!namesAreFree) this.#key(member, isLeaf ? LEAVES : level)
      // The canonical documents leave the names in `attributes` to the mappings.
      if (member.rule) this.#rule(member.rule, level + 1, member.name === 'attributes')
    }
  }

  #key({ place, name }: Member, level: number): void {
    this.#groups.push({ level, names: [this.#named(place, { name, code: 'TARGET_UNKNOWN', shift: 0 })] })
  }

  #expression(expression: Expression, level: number): void {
    const names = wordsOf(expression.ast).map(word =>
      this.#named(expression.locate(offsetOf(expression.text, word.node)), word),
    )
    this.#groups.push({ level, names })
  }

  #named({ line, column }: Place, { name, code, shift }: Omit<Word, 'node'>): NamedPlace {
    return { line, column, name, code, offset: this.#starts[line - 1]! + column - 1 + shift }
  }
}

/** A word of an expression; `shift` leads from the place of its node to its first letter. */
interface Word {
  node: Node
  name: string
  code: string
  shift: number
}

/** Every word of a tree once: a few nodes stand in it twice. */
function wordsOf(ast: Node): Word[] {
  const words = new Map<number, Word>()
  const walk = (node: Node): void => {
    for (const word of [...wordOf(node), ...wordsOfCall(node)]) words.set(word.node.position!, word)
    for (const child of children(node)) if (!isCalled(child, node)) walk(child)
  }
  walk(ast)
  return [...words.values()]
}

const isCalled = (child: Node, node: Node): boolean =>
  node.type === 'function' && node.procedure === child && child.type === 'variable'

function wordOf(node: Node): Word[] {
  if (node.type === 'name') return [{ node, name: node.value, code: 'SOURCE_UNKNOWN', shift: 0 }]
  return node.type === 'variable' && node.value !== '' && node.value !== '$'
    ? [{ node, name: node.value, code: 'VARIABLE_UNKNOWN', shift: 1 }]
    : []
}

function wordsOfCall(node: Node): Word[] {
  if (node.type !== 'function' || node.procedure.type !== 'variable') return []
  const { procedure } = node
  const called = { node: procedure, name: procedure.value, code: 'FUNCTION_UNKNOWN', shift: 1 }
  const [table] = node.arguments
  return procedure.value === 'table' && table?.type === 'string'
    ? [called, { node: table, name: String(table.value), code: 'TABLE_UNKNOWN', shift: 1 }]
    : [called]
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}
