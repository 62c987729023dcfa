import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLMap,
} from 'yaml'
import { ExpressionParser } from '../expression/expression-parser.ts'
import type { Parsed } from '../expression/parse.ts'
import { type Place, Problems } from './problems.ts'
import { scalarOffsets } from './scalar-offsets.ts'

export interface Entry {
  key: string
  keyPlace: Place
  value: Node | null
}

/** Several times as much as the largest mappings of the hub have. */
const MAX_FILE = 100_000
const MAX_EXPRESSIONS = 2_000

/** What stands under these is no expression. */
const WITHOUT_EXPRESSIONS = new Set(['for', 'connector', 'topics', 'source', 'target', 'from', 'tables'])

/** A mapping file as YAML nodes that know where they stand, also those that came from an overlay. */
export class YamlFile {
  readonly path: string
  readonly text: string
  readonly problems: Problems
  readonly root: Node | null
  readonly #lines = new LineCounter()
  readonly #at: (offset: number) => Place
  /** The overlays that nodes came from; the others are this file's own. */
  readonly #ownerOf = new WeakMap<Node, YamlFile>()
  readonly #takenFrom = new WeakMap<Node, Map<string, Place>>()
  #parser: ExpressionParser | null = null

  /** `below`: the mapping that this file is laid over, which collects the problems of both. */
  constructor(path: string, text: string, below: YamlFile | null = null) {
    this.path = path
    this.text = text
    this.problems = below?.problems ?? new Problems(path)
    this.#at = placesOf(this.#lines, below ? path : null)
    const document = parseDocument(text.length > MAX_FILE ? '' : text, {
      lineCounter: this.#lines,
      prettyErrors: false,
      stringKeys: true,
      uniqueKeys: false,
    })
    this.root = document.contents
    this.#reportErrors(document)
    this.#reportDuplicates()
    if (text.length > MAX_FILE || this.#expressions().length > MAX_EXPRESSIONS)
      this.wrong(
        null,
        `The file is too large: ${MAX_FILE} characters, ${MAX_EXPRESSIONS} expressions at most.`,
      )
  }

  at(offset: number): Place {
    return this.#at(offset)
  }

  placeOf(node: Node | null): Place {
    return this.#owner(node).at(node?.range?.[0] ?? 0)
  }

  /** Places of the positions in a scalar's value. It outlives the file's nodes, which it does not hold. */
  locator(scalar: Scalar): (index: number) => Place {
    const owner = this.#owner(scalar)
    const [at, offsets] = [owner.#at, scalarOffsets(owner.text, scalar)]
    return index => at(offsets(index))
  }

  /** An entry of an overlay that becomes part of this file. */
  adopt(entry: Pair<Scalar<string>, Node | null>, overlay: YamlFile): Pair<Scalar<string>, Node | null> {
    const own = (_key: unknown, node: Node) => void this.#ownerOf.set(node, overlay)
    for (const node of [entry.key, entry.value]) if (node) visit(node, { Node: own })
    return entry
  }

  /** Takes a member out of a map; whatever misses it can say where that happened. */
  remove(map: YAMLMap<Scalar<string>, Node | null>, key: string, place: Place): void {
    map.items = map.items.filter(entry => entry.key.value !== key)
    this.#takenFrom.set(map, (this.#takenFrom.get(map) ?? new Map()).set(key, place))
  }

  /** What overlays took out of a map, and where they say so. */
  removedFrom(map: Node | null): ReadonlyMap<string, Place> | undefined {
    return map ? this.#takenFrom.get(map) : undefined
  }

  #owner(node: Node | null): YamlFile {
    return (node && this.#ownerOf.get(node)) ?? this
  }

  /** The entries of a map; what is no map is reported. */
  entries(node: Node | null, what: string): Entry[] {
    if (!isMap(node)) {
      this.wrong(node, `${what} must be a map.`)
      return []
    }
    return (node as YAMLMap<Scalar<string>, Node | null>).items.map(pair => ({
      key: String(pair.key.value),
      keyPlace: this.placeOf(pair.key),
      value: pair.value,
    }))
  }

  /** The items of a list; what is no list is reported. */
  items(node: Node | null, what: string): Node[] {
    if (isSeq(node)) return node.items as Node[]
    this.wrong(node, `${what} must be a list.`)
    return []
  }

  /** A plain value, or undefined for a map, a list or an alias. */
  scalar(node: Node | null): string | number | boolean | null | undefined {
    return isScalar(node) ? (node.value as string | number | boolean | null) : undefined
  }

  /** An expression of this file: the first one asked for has them all parsed. */
  parse(text: string): Parsed {
    this.#parser ??= new ExpressionParser(this.#expressions())
    return this.#parser.parse(text)
  }

  #expressions(): string[] {
    const texts: string[] = []
    visit(this.root, {
      Pair: (_key, { key }) => {
        if (isScalar(key) && WITHOUT_EXPRESSIONS.has(String(key.value))) return visit.SKIP
      },
      Scalar: (key, { value }) => {
        if (key !== 'key' && typeof value === 'string') texts.push(value)
      },
    })
    return texts
  }

  wrong(node: Node | null, message: string, hint?: string): void {
    const aliased = isAlias(node) ? 'Anchors and aliases are not part of the mapping format.' : hint
    this.problems.add('VALUE_WRONG', this.placeOf(node), message, aliased)
  }

  #reportErrors(document: Document): void {
    for (const { code, message, pos } of document.errors)
      this.problems.add('YAML_SYNTAX', this.at(pos[0]), `${message}.`, hintFor(code))
  }

  /** The YAML package compares each key with all others, which takes seconds in a map of thousands. */
  #reportDuplicates(): void {
    visit(this.root, {
      Map: (_key, { items }) => {
        const seen = new Set<unknown>()
        for (const { key } of items) {
          const name = isScalar(key) ? key.value : key
          if (seen.has(name))
            this.problems.add('KEY_DUPLICATE', this.placeOf(key as Node), 'This key stands twice.')
          seen.add(name)
        }
      },
    })
  }
}

/** `file`: the one that places are to name, for an overlay. */
const placesOf =
  (lines: LineCounter, file: string | null) =>
  (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    const place = { line: Math.max(line, 1), column: Math.max(col, 1) }
    return file === null ? place : { file, ...place }
  }

/** The usual cause: an expression with `: ` or ` #` in it needs quotes in YAML. */
function hintFor(code: string): string | undefined {
  const colon =
    code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY' || code === 'BAD_SCALAR_START'
  return colon
    ? 'An expression that contains `: ` or begins with a quote, `*`, `%`, `[` or `{` needs quotes around it.'
    : undefined
}
