import type { Filter, Node, Path, Sort } from '../expression/ast.ts'
import { emitNames } from './emit-names.ts'
import { emitGroup } from './emit-objects.ts'
import { type Emitted, type Env, emitIn, helper, itemClosure, tupleClosure, wholeClosure } from './env.ts'
import { tupleSource } from './scope.ts'

/** A path: steps over a growing and flattening sequence; from the first step that binds something, over tuples. */
export function emitPath(path: Path, env: Env): Emitted {
  const names = emitNames(path, env)
  if (names) return names
  const firstTuple = path.steps.findIndex(step => step.tuple)
  const plainSteps = firstTuple === -1 ? path.steps : path.steps.slice(0, firstTuple)
  let items = enter(path, env)
  for (const [index, step] of plainSteps.entries())
    items = emitStep(step, items, { first: index === 0, last: index === path.steps.length - 1 }, env)
  if (firstTuple === -1) return finish(path, items, false, env)
  return finish(path, emitTuples(path, firstTuple, items, env), true, env)
}

/** The steps from the first on that works on tuples; where nothing is left before it, that is the result. */
function emitTuples(path: Path, first: number, items: string, env: Env): string {
  const before = env.shared.unit.name('s')
  let tuples: string | null = null
  for (const step of path.steps.slice(first))
    tuples = emitTupleStep(step, { path, tuples, items: first === 0 ? items : before }, env)
  const result = path.tuple || path.group ? tuples : `${helper(env, 'tupleValues')}(${tuples})`
  if (first === 0) return result!
  return `((${before}) => ${before} === undefined || ${before}.length === 0 ? ${before} : ${result})(${items})`
}

/** A path from a variable sees the context as one item, any other path sees the items of an array. */
function enter(path: Path, env: Env): string {
  const { input, value } = env.context
  return path.steps[0]!.type === 'variable'
    ? `${helper(env, 'sequenceOf')}([${value}])`
    : `${helper(env, 'enter')}(${input})`
}

function finish(path: Path, items: string, tuples: boolean, env: Env): Emitted {
  const kept = path.keepSingletonArray ? `${helper(env, 'keepSingleton')}(${items})` : items
  if (path.group)
    return emitGroup(path.group.lhs, kept, path.group.position, { env, path: tuples ? path : null })
  return { sequence: kept }
}

function emitStep(step: Node, items: string, place: { first: boolean; last: boolean }, env: Env): string {
  if (place.first && step.consarray) return `(${wholeClosure(env, inner => emitIn(inner, step))})(${items})`
  if (step.type === 'sort')
    return emitStages(
      step,
      emitSort(step, items, env, node => itemClosure(env, inner => emitIn(inner, node))),
      env,
    )
  const evaluate = itemClosure(env, inner =>
    emitFilters(step.stages ?? [], emitIn(inner, step), inner, tupleSource(step)),
  )
  return `${helper(env, 'step')}(run, ${items}, ${evaluate}, ${place.last})`
}

function emitSort(step: Sort, items: string, env: Env, closure: (node: Node) => string): string {
  const terms = step.terms.map(term => closure(term.expression))
  const descending = env.shared.unit.constant(step.terms.map(term => term.descending))
  return `${helper(env, 'sort')}(run, ${items}, { terms: [${terms.join(', ')}], descending: ${descending}, position: ${step.position ?? 0} })`
}

/** Filters behind a sort step: over its whole result, if there is one. */
function emitStages(step: Sort, items: string, env: Env): string {
  if (!step.stages) return items
  const sorted = env.shared.unit.name('s')
  return `((${sorted}) => ${sorted} === undefined || ${sorted}.length === 0 ? ${sorted} : ${emitFilters(step.stages, sorted, env)})(${items})`
}

/** `value[filter][filter]`, not yet reduced to one value; `source`, where it may give tuples, is what binds them. */
export function emitFilters(
  stages: readonly (Filter | { type: 'index' })[],
  value: string,
  env: Env,
  source: Node | null = null,
): string {
  let code = value
  for (const stage of stages) {
    if (stage.type !== 'filter') continue
    const at = constantPosition(stage)
    code =
      at === null ? emitFilter(stage.expr, code, env, source) : `${helper(env, 'filterAt')}(${code}, ${at})`
  }
  return code
}

function emitFilter(predicate: Node, value: string, env: Env, source: Node | null): string {
  return source
    ? `${helper(env, 'tupleFilter')}(run, ${value}, ${tupleClosure(env, source, predicate)})`
    : `${helper(env, 'filter')}(run, ${value}, ${itemClosure(env, inner => emitIn(inner, predicate))})`
}

const constantPosition = ({ expr }: Filter): number | null =>
  expr.type === 'number' ? Math.floor(expr.value as number) : null

/** `tuples` is what the steps before gave, null for the first that works on tuples: then `items` are their values. */
function emitTupleStep(step: Node, { path, tuples, items }: TuplePlace, env: Env): string {
  const { unit } = env.shared
  const closure = (node: Node) => tupleClosure(env, path, node)
  if (step.type === 'sort') {
    const sorted = emitSort(step, tuples ?? items, env, closure)
    const numbered = `${helper(env, 'numbered')}(${sorted}, ${unit.text(step.index ?? '')})`
    return emitTupleStages(path, step, tuples ? sorted : numbered, env)
  }
  const binds = unit.constant({ focus: step.focus, index: step.index, parent: step.ancestor?.label })
  const stream = tuples ?? `${helper(env, 'toTuples')}(${items})`
  const evaluated = `${helper(env, 'tupleStep')}(run, ${stream}, ${binds}, ${closure(step)})`
  return emitTupleStages(path, step, evaluated, env)
}

interface TuplePlace {
  path: Path
  tuples: string | null
  items: string
}

function emitTupleStages(path: Path, step: Node, tuples: string, env: Env): string {
  let code = tuples
  for (const stage of step.stages ?? []) {
    if (stage.type === 'index') {
      code = `${helper(env, 'tupleIndex')}(${code}, ${env.shared.unit.text(stage.value)})`
      continue
    }
    const at = constantPosition(stage)
    code =
      at === null
        ? `${helper(env, 'tupleFilter')}(run, ${code}, ${tupleClosure(env, path, stage.expr)})`
        : `${helper(env, 'tupleAt')}(${code}, ${at})`
  }
  return code
}
