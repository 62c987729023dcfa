import type { Filter, Node, Path, PositionVariable } from '../../expression/ast.ts'
import { ANYTHING } from '../schema-view.ts'
import { memberOf } from './member.ts'
import { ANY, itemsOf, type Origin, type Origins, plain } from './origin.ts'
import { type Names, type Spot, type Tracing, withNames } from './tracing.ts'

/** Follows a path step by step. */
export function tracePath({ steps, group }: Path, spot: Spot, tracing: Tracing): Origins {
  const { names } = withNames(spot)
  let current = spot.context
  for (const step of steps) {
    const here = { context: current, names }
    const found = filtered(step.stages, traceStep(step, here, tracing), here, tracing)
    if (step.index) names.bound.set(step.index, plain('number'))
    if (step.focus) names.bound.set(step.focus, itemsOf(found))
    else current = found
  }
  return group ? traceGroup(group.lhs, { context: itemsOf(current), names }, tracing) : current
}

export function traceStep(step: Node, spot: Spot, tracing: Tracing): Origins {
  switch (step.type) {
    case 'name': {
      const { origins, unknown } = memberOf(spot.context, step.value)
      if (unknown) tracing.reportUnknown(step, unknown.message, unknown.known)
      return origins
    }
    case 'wildcard':
      return spot.context.flatMap(origin => anyMember(origin, '*'))
    case 'descendant':
      return spot.context.flatMap(origin => anyMember(origin, '**'))
    case 'sort': {
      const item = { ...spot, context: itemsOf(spot.context) }
      for (const { expression } of step.terms) tracing.use(tracing.trace(expression, item), 'value')
      return spot.context
    }
    case 'variable':
      return tracing.variable(step.value, spot)
    default:
      return tracing.trace(step, { ...spot, context: itemsOf(spot.context) })
  }
}

function anyMember(origin: Origin, name: '*' | '**'): Origins {
  if (origin.kind !== 'field') return ANY
  return [{ ...origin, path: [...origin.path, name], view: ANYTHING, many: true, wild: true }]
}

/** What filters leave, and what they look at. */
export function filtered(
  stages: readonly (Filter | PositionVariable)[] | undefined,
  origins: Origins,
  { names }: { names: Names | null },
  tracing: Tracing,
): Origins {
  if (!stages || stages.length === 0) return origins
  const context = itemsOf(origins)
  for (const stage of stages) {
    if (stage.type === 'filter') tracing.use(tracing.trace(stage.expr, { context, names }), 'test')
    else names?.bound.set(stage.value, plain('number'))
  }
  return context
}

/** `{key: value}` behind a path: what it makes has keys that only the payload knows. */
export function traceGroup(pairs: readonly [Node, Node][], spot: Spot, tracing: Tracing): Origins {
  for (const part of pairs.flat()) tracing.use(tracing.trace(part, spot), 'value')
  return ANY
}
