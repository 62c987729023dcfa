import type { Filter, Node, Path, Sort } from '../expression/ast.ts'
import { type Emitted, type Env, emitIn, helper, itemClosure, tupleClosure } from './env.ts'
import { emitGroup } from './emit-objects.ts'
import { emitNames } from './emit-names.ts'

/** A path: steps over a growing and flattening sequence; from the first step that binds something, over tuples. */
export function emitPath(path: Path, env: Env): Emitted {
  const names = emitNames(path, env)
  if (names) return names
  const firstTuple = path.steps.findIndex(step => step.tuple)
  const plainSteps = firstTuple === -1 ? path.steps : path.steps.slice(0, firstTuple)
  let items = enter(path, env)
  for (const [index, step] of plainSteps.entries()) items = emitStep(step, items, { first: index === 0, last: index === path.steps.length - 1 }, env)
  if (firstTuple === -1) return finish(path, items, false, env)
  let tuples = ''
  for (const step of path.steps.slice(firstTuple)) tuples = emitTupleStep(path, step, tuples || null, items, env)
  return finish(path, path.tuple ? tuples : `${helper(env, 'tupleValues')}(${tuples})`, tuples, env)
}

/** A path from a variable sees the context as one item, any other path sees the items of an array. */
function enter(path: Path, env: Env): string {
  const { input, value } = env.context
  return path.steps[0]!.type === 'variable' ? `${helper(env, 'sequenceOf')}([${value}])` : `${helper(env, 'enter')}(${input})`
}

function finish(path: Path, items: string, tuples: string | false, env: Env): Emitted {
  const kept = path.keepSingletonArray ? `${helper(env, 'keepSingleton')}(${items})` : items
  if (path.group) return emitGroup(path.group.lhs, tuples || kept, path.group.position, { env, path: tuples ? path : null })
  return { sequence: kept }
}

function emitStep(step: Node, items: string, place: { first: boolean; last: boolean }, env: Env): string {
  if (place.first && step.consarray) return `(${itemClosure(env, inner => emitIn(inner, step))})(${items})`
  if (step.type === 'sort') return emitStages(step, emitSort(step, items, env, node => itemClosure(env, inner => emitIn(inner, node))), env)
  const evaluate = itemClosure(env, inner => emitFilters(step.stages ?? [], emitIn(inner, step), inner))
  return `${helper(env, 'step')}(run, ${items}, ${evaluate}, ${place.last})`
}

function emitSort(step: Sort, items: string, env: Env, closure: (node: Node) => string): string {
  const terms = step.terms.map(term => closure(term.expression))
  const descending = env.shared.unit.constant(step.terms.map(term => term.descending))
  return `${helper(env, 'sort')}(run, ${items}, [${terms.join(', ')}], ${descending}, ${step.position ?? 0})`
}

/** Filters behind a sort step: over its whole result, if there is one. */
function emitStages(step: Sort, items: string, env: Env): string {
  if (!step.stages) return items
  const sorted = env.shared.unit.name('s')
  return `((${sorted}) => ${sorted} === undefined || ${sorted}.length === 0 ? ${sorted} : ${emitFilters(step.stages, sorted, env)})(${items})`
}

/** `value[filter][filter]`, not yet reduced to one value. */
export function emitFilters(stages: readonly (Filter | { type: 'index' })[], value: string, env: Env): string {
  let code = value
  for (const stage of stages) {
    if (stage.type !== 'filter') continue
    const at = constantPosition(stage)
    code = at === null
      ? `${helper(env, 'filter')}(run, ${code}, ${itemClosure(env, inner => emitIn(inner, stage.expr))})`
      : `${helper(env, 'filterAt')}(${code}, ${at})`
  }
  return code
}

const constantPosition = ({ expr }: Filter): number | null =>
  expr.type === 'number' ? Math.floor(expr.value as number) : null

function emitTupleStep(path: Path, step: Node, tuples: string | null, items: string, env: Env): string {
  const { unit } = env.shared
  const closure = (node: Node) => tupleClosure(env, path, node)
  if (step.type === 'sort') {
    const sorted = emitSort(step, tuples ?? items, env, closure)
    return emitTupleStages(path, step, tuples ? sorted : `${helper(env, 'numbered')}(${sorted}, ${unit.text(step.index ?? '')})`, env)
  }
  const binds = unit.constant({ focus: step.focus, index: step.index, parent: step.ancestor?.label })
  const stream = tuples ?? `${helper(env, 'toTuples')}(${items})`
  return emitTupleStages(path, step, `${helper(env, 'tupleStep')}(run, ${stream}, ${binds}, ${closure(step)})`, env)
}

function emitTupleStages(path: Path, step: Node, tuples: string, env: Env): string {
  let code = tuples
  for (const stage of step.stages ?? []) {
    if (stage.type === 'index') {
      code = `${helper(env, 'tupleIndex')}(${code}, ${env.shared.unit.text(stage.value)})`
      continue
    }
    const at = constantPosition(stage)
    code = at === null
      ? `${helper(env, 'tupleFilter')}(run, ${code}, ${tupleClosure(env, path, stage.expr)})`
      : `${helper(env, 'tupleAt')}(${code}, ${at})`
  }
  return code
}
