import type { LeafType } from '../check/schema-view.ts'
import type { Leaf, Rule, Shape } from '../check/shape.ts'
import type { Node } from '../expression/ast.ts'
import { offsetOf } from '../expression/parse.ts'
import type { Problems } from '../source/problems.ts'
import { emit, emitExpression } from './emit.ts'
import { isNameChain } from './emit-names.ts'
import type { Context, Env, Fault, Language, Shared } from './env.ts'
import type { MappingHelper } from './mapping-helpers.ts'
import { newFrameScope, type Scope } from './scope.ts'
import { Frame, Unit } from './unit.ts'

/** Where expressions stand in the generated code: their context, their variables, the positions around them. */
export interface Surroundings {
  writer: MappingWriter
  context: Context
  scope: Scope
  /** Code of the position of each item around, outermost first. */
  indices: readonly string[]
  /** Written lists around, each with the code of the position at which it goes on: what is absent takes none. */
  lists: readonly { pointer: string; position: string }[]
}

export interface WriterOptions {
  language: Language
  problems: Problems
  /** The code tells its run what it evaluates, for `explain`. */
  traced: boolean
}

/** JavaScript's quick test for each type; a sequence or a number for a text goes the slow way. */
const QUICK_TEST: Readonly<Record<LeafType, ((value: string) => string) | null>> = {
  string: value => `typeof ${value} === "string"`,
  boolean: value => `typeof ${value} === "boolean"`,
  number: value => `Number.isFinite(${value})`,
  integer: value => `Number.isInteger(${value})`,
  any: value => `typeof ${value} === "string"`,
  array: null,
  object: null,
}

/** Writes the statements of one mapping's function. */
export class MappingWriter {
  readonly unit = new Unit<MappingHelper>()
  readonly frame = new Frame()
  readonly #language: Language
  readonly #problems: Problems
  readonly #value: string
  readonly #traced: boolean

  constructor({ language, problems, traced }: WriterOptions) {
    this.#language = language
    this.#problems = problems
    this.#traced = traced
    this.#value = this.frame.local('value')
  }

  /** Code that gives the value of a leaf. */
  expression(leaf: Leaf, around: Surroundings): string {
    const code = this.#untold(leaf, around)
    return this.#traced ? `(${this.#begin(leaf, around)}, run.end(${code}))` : code
  }

  /** Code that gives what the rules below it have as context. */
  context(leaf: Leaf, around: Surroundings): string {
    const code = this.#untold(leaf, around)
    return this.#traced ? `(run.enter(${this.unit.constant(leaf)}), run.end(${code}))` : code
  }

  /** Statement that says which item is gone through. */
  item(leaf: Leaf, items: string, index: string): string {
    return this.#traced ? `run.item(${this.unit.constant(leaf)}, ${items}, ${index});` : ''
  }

  /** Code that reads what `leaf` gave: a context or a variable. */
  use(leaf: Leaf | null, value: string): string {
    return this.#traced && leaf ? `run.use(${this.unit.constant(leaf)}, ${value})` : value
  }

  /** Code that writes a value that stands in the mapping. */
  literal(
    { value, pointer, place }: Shape & { kind: 'literal' },
    around: Surroundings,
    assign: (value: string) => string,
  ): string {
    const code = this.unit.constant(value)
    const rule = {
      pointer,
      inDocument: true,
      expression: { text: JSON.stringify(value), place },
      sources: [],
    }
    return this.#traced ? assign(`(${this.#begin(rule, around)}, run.end(${code}))`) : assign(code)
  }

  /** Code that says whether a filter keeps an item. */
  filter(leaf: Leaf, around: Surroundings): string {
    return this.#truthy(this.#untold(leaf, around))
  }

  /** Code that says whether an expression holds. */
  test(leaf: Leaf, around: Surroundings): string {
    return this.#truthy(this.expression(leaf, around))
  }

  #truthy(code: string): string {
    return `${this.unit.helper('truthy')}(run, ${code})`
  }

  #untold({ expression }: Leaf, around: Surroundings): string {
    return emitExpression(expression.ast, this.#env(expression, around))
  }

  #begin(rule: Rule, { indices, lists }: Surroundings): string {
    const within = lists.map(({ pointer, position }) => `[${this.unit.text(pointer)}, ${position}]`)
    return `run.begin(${this.unit.constant(rule)}, [${indices.join(', ')}], [${within.join(', ')}])`
  }

  /** `code`, with whatever it throws reported at the leaf; `otherwise` then runs too. */
  guarded(leaf: Leaf, code: string, around: Surroundings, otherwise = ''): string {
    const caught = `${this.#traced ? 'run.rest(); ' : ''}${this.unit.helper('failed')}(run, thrown, ${this.where(leaf, around)});`
    return `try { ${code} } catch (thrown) { ${caught} ${otherwise} }`
  }

  /** A leaf of the document, written by `assign` when it has a value. */
  leaf(leaf: Leaf, around: Surroundings, assign: (value: string) => string): string {
    const value = this.#value
    const quick = QUICK_TEST[leaf.type]
    const slow = `${this.unit.helper('coerce')}(run, ${value}, ${this.where(leaf, around)})`
    const present = leaf.required ? '' : `${value} !== undefined && ${value} !== null && `
    const write = `if (${present}(${value} = ${slow}) !== undefined) { ${assign(value)} }`
    const code = `${value} = ${this.expression(leaf, around)}; ${quick ? `if (${quick(value)}) { ${assign(value)} } else ${write}` : write}`
    const safe = quick && leaf.type !== 'any' && isNameChain(leaf.expression.ast)
    return safe ? code : this.guarded(leaf, code, around)
  }

  /** Code that says where in the document something went wrong. */
  where(leaf: Leaf, { context, indices }: Surroundings): string {
    return `{ leaf: ${this.unit.constant(leaf)}, context: ${context.value}, indices: [${indices.join(', ')}] }`
  }

  /** `object[name] = value` for a name of the source. */
  set(object: string, name: string, value: string): string {
    if (name === '__proto__')
      return `${this.unit.helper('setMember')}(${object}, ${this.unit.text(name)}, ${value});`
    return `${this.unit.member(object, name)} = ${value};`
  }

  #env(expression: Leaf['expression'], { context, scope }: Surroundings): Env {
    const report = (node: Node, { code, message, hint }: Fault) =>
      this.#problems.add(code, expression.locate(offsetOf(expression.text, node)), message, hint)
    const shared: Shared = { unit: this.unit, language: this.#language, root: 'root', report, emit }
    return { shared, frame: this.frame, scope: newFrameScope(scope), context }
  }
}
