import type { Binary, Name, Node, ObjectLiteral } from '../../expression/ast.ts'
import type { Read } from '../shape.ts'
import { staticType } from '../static-type.ts'
import { ANY, either, itemsOf, type Origins, plain, pointerOf } from './origin.ts'
import { traceApply, traceCall, traceLambda } from './trace-call.ts'
import { filtered, traceGroup, tracePath, traceStep } from './trace-path.ts'
import { type Spot, type Tracing, type Use, withNames } from './tracing.ts'

/** What an expression starts from. */
export interface Start {
  /** `$` */
  context: Origins
  /** `$$` */
  record: Origins
  /** What the mapping and the hub bind. */
  variables: ReadonlyMap<string, Origins>
  /** Told of variables that are read. */
  reading(variable: string): void
  unknown(name: Name, message: string, known: readonly string[]): void
  wrongValue(node: Node, message: string): void
}

/**
 * Finds out, without a payload, what an expression may give and which fields it looks at. A field counts as read where
 * its value is used, not where a variable, a list or an object that the expression makes merely holds it.
 */
export class Trace implements Tracing {
  /** Fields that a path of this expression names, from its context or from the record. */
  readonly reads = new Map<string, Read>()
  /** Pointers of all fields that it reads. */
  readonly sources = new Set<string>()
  /** Those of which it takes the value with everything in it. */
  readonly whole = new Set<string>()
  /** Those in which a `*` is any name, not an item of an array. */
  readonly wild = new Set<string>()
  readonly tables: { name: string; value: Origins }[] = []
  /** What it gives. */
  readonly origins: Origins
  readonly #start: Start
  readonly #found = new Map<Node, Origins>()
  readonly #used: Readonly<Record<Use, Set<Origins>>> = { value: new Set(), test: new Set() }
  readonly #reported = new Set<number | undefined>()

  constructor(ast: Node, start: Start) {
    this.#start = start
    this.origins = this.trace(ast, withNames({ context: start.context, names: null }))
  }

  /** What a part of the expression gives. */
  at(node: Node): Origins {
    return this.#found.get(node) ?? ANY
  }

  trace(node: Node, spot: Spot): Origins {
    const found = this.#kept(node, filtered(node.predicate, this.#node(node, spot), spot, this))
    const grouped = node.group && node.type !== 'path'
    const origins = grouped ? traceGroup(node.group!.lhs, { ...spot, context: itemsOf(found) }, this) : found
    this.#found.set(node, origins)
    return origins
  }

  use(origins: Origins, as: Use): void {
    // Values that an expression makes share their parts: 40 doublings of an object are 2^40 ways to the same field.
    if (this.#used[as].has(origins)) return
    this.#used[as].add(origins)
    for (const origin of origins) {
      if (origin.kind === 'list') this.use(origin.items, as)
      else if (origin.kind === 'made') for (const member of origin.members.values()) this.use(member, as)
      else if (origin.kind === 'field' && origin.path.length > 0 && !origin.bound) {
        const pointer = pointerOf(origin.path)
        this.sources.add(pointer)
        if (as === 'value') this.whole.add(pointer)
        if (origin.wild) this.wild.add(pointer)
        const path = origin.path.slice(origin.depth)
        if (origin.from && path.length > 0)
          this.reads.set(`${origin.from} ${pointer}`, { from: origin.from, path })
      }
    }
  }

  variable(name: string, { context, names }: Spot): Origins {
    if (name === '') return context
    if (name === '$') return this.#start.record
    for (let scope = names; scope; scope = scope.outer) {
      const found = scope.bound.get(name)
      if (found) return found
    }
    this.#start.reading(name)
    return this.#start.variables.get(name) ?? ANY
  }

  reportUnknown(name: Name, message: string, known: readonly string[]): void {
    if (this.#reported.has(name.position)) return
    this.#reported.add(name.position)
    this.#start.unknown(name, message, known)
  }

  reportWrong(node: Node, message: string): void {
    this.#start.wrongValue(node, message)
  }

  noteTable(name: string, value: Origins): void {
    this.tables.push({ name, value })
  }

  #kept(node: Node, origins: Origins): Origins {
    return node.keepArray ? [{ kind: 'list', items: itemsOf(origins) }] : origins
  }

  #node(node: Node, spot: Spot): Origins {
    switch (node.type) {
      case 'path':
        return tracePath(node, spot, this)
      case 'name':
      case 'wildcard':
      case 'descendant':
      case 'variable':
        return traceStep(node, spot, this)
      case 'string':
      case 'number':
      case 'value':
        return node.value === null ? [] : [{ kind: 'plain', type: staticType(node), value: node.value }]
      case 'binary':
        return this.#binary(node, spot)
      case 'unary':
        return this.#unary(node, spot)
      case 'condition': {
        this.use(this.trace(node.condition, spot), 'test')
        const then = this.trace(node.then, spot)
        return node.else ? either(then, this.trace(node.else, spot)) : then
      }
      case 'block': {
        const inner = withNames(spot)
        return node.expressions.map(each => this.trace(each, inner)).at(-1) ?? []
      }
      case 'bind': {
        const value = this.trace(node.rhs, spot)
        spot.names?.bound.set(node.lhs.value, value)
        return value
      }
      case 'function':
        return traceCall(node, spot, this)
      case 'apply':
        return traceApply(this.trace(node.lhs, spot), node.rhs, spot, this)
      case 'lambda':
        this.use(traceLambda(node, [], spot, this), 'value')
        return ANY
      case 'partial':
        for (const argument of node.arguments) this.use(this.trace(argument, spot), 'value')
        return ANY
      default:
        return ANY
    }
  }

  #binary({ value, lhs, rhs }: Binary, spot: Spot): Origins {
    const as = value === 'and' || value === 'or' ? 'test' : 'value'
    for (const side of [lhs, rhs]) this.use(this.trace(side, spot), as)
    return value === '..'
      ? [{ kind: 'list', items: plain('number') }]
      : plain(staticType({ type: 'binary', value, lhs, rhs }))
  }

  #unary(node: Node & { type: 'unary' }, spot: Spot): Origins {
    if (node.value === '{') return this.#object(node, spot)
    if (node.value === '-') {
      this.use(this.trace(node.expression, spot), 'value')
      return plain('number')
    }
    const items = node.expressions.map(each => {
      const found = this.trace(each, spot)
      return each.type === 'unary' && each.value === '[' ? found : itemsOf(found)
    })
    return [{ kind: 'list', items: items.reduce(either, []) }]
  }

  /** An object with written keys is known member by member. */
  #object({ lhs: pairs }: ObjectLiteral, spot: Spot): Origins {
    const written = pairs.every(([key]) => key.type === 'string')
    if (!written) return traceGroup(pairs, spot, this)
    const members = pairs.map(([key, value]): [string, Origins] => [
      String((key as { value: unknown }).value),
      this.trace(value, spot),
    ])
    return [{ kind: 'made', members: new Map(members), outside: false }]
  }
}
