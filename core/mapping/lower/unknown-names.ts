import { nearest } from '../check/nearest.ts'
import type { Call, Node, Variable } from '../expression/ast.ts'
import type { Env, Fault } from './env.ts'
import { visibleNames } from './scope.ts'

function report(env: Env, node: Node, fault: Fault): void {
  if (env.shared.language.strict) env.shared.report(node, fault)
}

export function reportUnknownVariable(node: Variable, env: Env): void {
  const known = [...visibleNames(env.scope), ...env.shared.language.variables]
  report(env, node, {
    code: 'VARIABLE_UNKNOWN',
    message: `There is no variable \`$${node.value}\`.`,
    hint: nearest(node.value, known, '$'),
  })
}

export function reportUnknownFunction(name: string, node: Call, env: Env): void {
  const known = [
    ...env.shared.language.functions.keys(),
    ...env.shared.language.hubFunctions.keys(),
    ...visibleNames(env.scope),
  ]
  report(env, node.procedure, {
    code: 'FUNCTION_UNKNOWN',
    message: `There is no function \`$${name}\`.`,
    hint: nearest(name, known, '$'),
  })
}

/** Too few or too many arguments for a function whose meaning is certain. */
export function reportWrongCount(name: string, given: number, node: Call, env: Env): void {
  const { hubFunctions, functions } = env.shared.language
  const hub = hubFunctions.get(name)
  const definition = functions.get(name)?.signature?.definition
  const [least, most] = hub
    ? [hub.required, hub.arity]
    : definition
      ? parameterCounts(definition)
      : [0, Number.POSITIVE_INFINITY]
  if (given >= least && given <= most) return
  const expected = least === most ? String(most) : `${least} to ${most}`
  report(env, node, {
    code: 'ARGUMENTS_WRONG',
    message: `\`$${name}\` takes ${expected} argument${expected === '1' ? '' : 's'}, not ${given}.`,
  })
}

/** Least and most arguments of a signature such as `<s-nn?:s>`. */
export function parameterCounts(definition: string): [least: number, most: number] {
  const parameters =
    definition
      .slice(1)
      .replace(/:.*$/, '')
      .replace(/<[^<>]*>/g, '')
      .replace(/>$/, '')
      .match(/(\([a-z]+\)|[a-z])[-?+]?/g) ?? []
  const required = parameters.filter(parameter => !/[-?]$/.test(parameter)).length
  return [
    required,
    parameters.some(parameter => parameter.endsWith('+')) ? Number.POSITIVE_INFINITY : parameters.length,
  ]
}
