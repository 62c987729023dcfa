import type { Call, Lambda, Node } from '../../expression/ast.ts'
import { tableOf, typeOfCall } from '../static-type.ts'
import { memberOf } from './member.ts'
import { ANY, describe, either, itemsOf, type Origin, type Origins, plain, typesOf } from './origin.ts'
import { type Spot, type Tracing, withNames } from './tracing.ts'

/** What a call of a function that everybody knows gives, by what it is given. */
type Known = (args: readonly Origins[], call: Call) => Origins

/** Functions that hand on what they are given. */
const HANDING_ON: Readonly<Record<string, Known>> = {
  append: ([first = [], second = []]) => either(itemsOf(first), itemsOf(second)),
  reverse: ([list = []]) => itemsOf(list),
  distinct: ([list = []]) => itemsOf(list),
  sort: ([list = []]) => itemsOf(list),
  filter: ([list = []]) => itemsOf(list),
  single: ([list = []]) => itemsOf(list),
  lookup: ([object = []], call) => {
    const key = call.arguments.at(-1)
    return key?.type === 'string' ? memberOf(object, String(key.value)).origins : ANY
  },
}

/** Functions that only ask whether something is there. */
const TESTING = new Set(['exists', 'boolean', 'not', 'count'])

/** What the parameters of a function literal stand for. */
const PARAMETERS: Readonly<Record<string, (list: Origins) => Origins[]>> = {
  map: list => [itemsOf(list), plain('number'), list],
  filter: list => [itemsOf(list), plain('number'), list],
  single: list => [itemsOf(list), plain('number'), list],
  sort: list => [itemsOf(list), itemsOf(list)],
  reduce: list => [ANY, itemsOf(list), plain('number'), list],
}

/** A call; `piped` is what stands left of `~>`. */
export function traceCall(call: Call, spot: Spot, tracing: Tracing, piped?: Origins): Origins {
  const { procedure } = call
  const args = argumentsOf(call, spot, tracing, piped)
  if (procedure.type === 'lambda') return traceLambda(procedure, args, spot, tracing)
  const name = globalName(procedure, spot)
  // A function that stands in a variable of the mapping is read by calling it.
  if (name !== '') tracing.variable(name, spot)
  const body = traceCallback({ name, call, list: args[0] ?? [] }, spot, tracing)
  if (name === 'map' && body) return body
  if (Object.hasOwn(HANDING_ON, name)) return HANDING_ON[name]!(args, call)
  reportMany(name, call, args, tracing)
  for (const each of args) tracing.use(each, TESTING.has(name) ? 'test' : 'value')
  const table = tableOf(call)
  if (table !== null) tracing.noteTable(table, args[1] ?? [])
  const type = name === '' ? null : typeOfCall(call)
  return type || table !== null ? plain(type) : ANY
}

/** Functions that work with single values, not with lists and objects; `$moneySum` adds up its first one. */
const SINGLE = new Set([
  ...['money', 'moneySubtract', 'moneyMultiply', 'moneyDivide', 'instant', 'offset'],
  ...['country', 'sku', 'id', 'gid', 'text', 'table'],
])

function reportMany(name: string, call: Call, args: readonly Origins[], tracing: Tracing): void {
  if (!SINGLE.has(name) || args.length !== call.arguments.length) return
  for (const [index, origins] of args.entries()) {
    const composed = origins.length > 0 && origins.every(isComposed)
    if (composed)
      tracing.reportWrong(
        call.arguments[index]!,
        `\`$${name}\` needs a single value, but ${describe(origins[0]!)}.`,
      )
  }
}

/** Surely a field that holds an object or a list. */
function isComposed(origin: Origin): boolean {
  const types = origin.kind === 'field' ? typesOf(origin) : null
  return types !== null && types.size > 0 && [...types].every(type => type === 'object' || type === 'array')
}

function argumentsOf(call: Call, spot: Spot, tracing: Tracing, piped: Origins | undefined): Origins[] {
  const given = call.arguments
    .filter(argument => argument.type !== 'lambda')
    .map(argument => tracing.trace(argument, spot))
  return piped ? [piped, ...given] : given
}

/** The name of a function, unless the expression binds that name itself. */
function globalName(procedure: Node, { names }: Spot): string {
  if (procedure.type !== 'variable') return ''
  for (let scope = names; scope; scope = scope.outer) if (scope.bound.has(procedure.value)) return ''
  return procedure.value
}

/** A function literal among the arguments, given what the function will give it of its list. */
function traceCallback(
  { name, call, list }: { name: string; call: Call; list: Origins },
  spot: Spot,
  tracing: Tracing,
): Origins | null {
  const callback = call.arguments.find(argument => argument.type === 'lambda')
  if (!callback) return null
  const parameters = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name]!(list) : []
  const body = traceLambda(callback, parameters, spot, tracing)
  if (name !== 'map') tracing.use(body, name === 'filter' ? 'test' : 'value')
  return body
}

/** The body of a function literal; parameters that nobody knows may be anything. */
export function traceLambda(
  { arguments: names, body }: Lambda,
  values: readonly Origins[],
  spot: Spot,
  tracing: Tracing,
): Origins {
  const inner = withNames(spot)
  for (const [index, { value }] of names.entries()) inner.names.bound.set(value, values[index] ?? ANY)
  return tracing.trace(body, inner)
}

/** `left ~> right` */
export function traceApply(left: Origins, right: Node, spot: Spot, tracing: Tracing): Origins {
  if (right.type === 'function') return traceCall(right, spot, tracing, left)
  if (right.type === 'lambda') return traceLambda(right, [left], spot, tracing)
  if (right.type === 'transform') {
    const changed = { ...spot, context: tracing.trace(right.pattern, { ...spot, context: left }) }
    tracing.use(tracing.trace(right.update, changed), 'value')
    tracing.use(left, 'value')
    return ANY
  }
  tracing.use(left, 'value')
  tracing.use(tracing.trace(right, spot), 'value')
  return ANY
}
