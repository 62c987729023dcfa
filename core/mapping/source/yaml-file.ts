import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml'
import { type Place, Problems } from './problems.ts'

export interface Entry {
  key: string
  keyPlace: Place
  value: Node | null
}

/** A mapping file as YAML nodes that know where they stand. */
export class YamlFile {
  readonly text: string
  readonly problems: Problems
  readonly root: Node | null
  readonly #lines = new LineCounter()

  constructor(path: string, text: string) {
    this.text = text
    this.problems = new Problems(path)
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, stringKeys: true })
    this.root = document.contents
    this.#reportErrors(document)
  }

  at(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset)
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }

  placeOf(node: Node | null): Place {
    return this.at(node?.range?.[0] ?? 0)
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

  wrong(node: Node | null, message: string, hint?: string): void {
    const aliased = isAlias(node) ? 'Anchors and aliases are not part of the mapping format.' : hint
    this.problems.add('VALUE_WRONG', this.placeOf(node), message, aliased)
  }

  #reportErrors(document: Document): void {
    for (const { code, message, pos } of document.errors) {
      const duplicate = code === 'DUPLICATE_KEY'
      this.problems.add(
        duplicate ? 'KEY_DUPLICATE' : 'YAML_SYNTAX',
        this.at(pos[0]),
        duplicate ? 'This key stands twice.' : `${message}.`,
        hintFor(code),
      )
    }
  }
}

/** The usual cause: an expression with `: ` or ` #` in it needs quotes in YAML. */
function hintFor(code: string): string | undefined {
  const colon =
    code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'MULTILINE_IMPLICIT_KEY' || code === 'BAD_SCALAR_START'
  return colon
    ? 'An expression that contains `: ` or begins with a quote, `*`, `%`, `[` or `{` needs quotes around it.'
    : undefined
}
