import type { Node } from './ast.ts'
import { duplication, isTooDeep, MAX_DUPLICATION, MAX_NESTING, MAX_TEXT } from './bounds.ts'
import { type Parsed, parseExpression, refusal } from './parse.ts'
import { parseTogether } from './parse-together.ts'

/** The parser of one mapping file, which is bounded as a whole: neither an expression nor many of them keep it long. */
export class ExpressionParser {
  readonly #trees: ReadonlyMap<string, Node>
  #left = MAX_DUPLICATION

  /** `texts`: what will be asked for, so that it can be parsed at once. */
  constructor(texts: readonly string[]) {
    const harmless = texts.filter(text => text.length < MAX_TEXT && duplication(text) <= 16)
    this.#trees = parseTogether(harmless)
  }

  parse(text: string): Parsed {
    const parsed = this.#tree(text)
    return parsed.ast && isTooDeep(parsed.ast, MAX_NESTING)
      ? refusal('The expression nests too deep.')
      : parsed
  }

  #tree(text: string): Parsed {
    const ast = this.#trees.get(text)
    if (ast) return { ast, fault: null }
    if (text.length > MAX_TEXT) return refusal('The expression is too long.')
    this.#left -= duplication(text)
    return this.#left < 0 ? refusal('Too many `?:` and `??` inside each other.') : parseExpression(text)
  }
}
