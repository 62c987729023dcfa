import type { Node, Path } from '../expression/ast.ts'
import { children } from '../expression/walk.ts'

/** A field of the source that an expression reads. */
export interface Read {
  /** Whether the path starts at the context of the expression or at the record. */
  from: 'context' | 'record'
  /** Names; `*` for any member, `**` for any depth. */
  path: readonly string[]
}

/** What variables stand for: the reads of their own expressions. */
export type VariableReads = ReadonlyMap<string, readonly Read[]>

/** Every field that an expression may read, without duplicates, in the order of the text. */
export function readsOf(node: Node, variables: VariableReads): Read[] {
  const found = new Map<string, Read>()
  walk(node, { from: 'context', path: [] }, variables, read =>
    found.set(`${read.from} ${read.path.join('/')}`, read),
  )
  return [...found.values()]
}

type Report = (read: Read) => void

/** `base` is what the context is, or null where it is a value that was made, not read. */
function walk(node: Node, base: Read | null, variables: VariableReads, report: Report): void {
  if (node.type === 'path') {
    walkPath(node, base, variables, report)
    return
  }
  if (node.type === 'variable')
    for (const read of meaning(node.value, base, variables)) reportRead(read, report)
  for (const filter of node.predicate ?? []) walk(filter.expr, null, variables, report)
  const filters = new Set((node.predicate ?? []).map(filter => filter.expr))
  for (const child of children(node)) if (!filters.has(child)) walk(child, base, variables, report)
}

function meaning(name: string, base: Read | null, variables: VariableReads): readonly Read[] {
  if (name === '') return base ? [base] : []
  return name === '$' ? [{ from: 'record', path: [] }] : (variables.get(name) ?? [])
}

function reportRead(read: Read, report: Report): void {
  if (read.path.length > 0) report(read)
}

function walkPath({ steps, group }: Path, base: Read | null, variables: VariableReads, report: Report): void {
  let current: Read | null = base
  for (const step of steps) {
    const name =
      step.type === 'name'
        ? step.value
        : step.type === 'wildcard'
          ? '*'
          : step.type === 'descendant'
            ? '**'
            : null
    if (name !== null) current = current && { ...current, path: [...current.path, name] }
    else if (step.type === 'variable') current = single(meaning(step.value, current, variables), report)
    else if (step.type !== 'sort') current = intoStep(step, current, variables, report)
    else for (const term of step.terms) walk(term.expression, current, variables, report)
    for (const stage of step.stages ?? [])
      if (stage.type === 'filter') walk(stage.expr, current, variables, report)
  }
  for (const part of group?.lhs.flat() ?? []) walk(part, current, variables, report)
  if (current) reportRead(current, report)
}

/** A step that computes: it reads below the context, and what comes behind it is not a field any more. */
function intoStep(step: Node, current: Read | null, variables: VariableReads, report: Report): null {
  walk({ ...step, stages: undefined } as Node, current, variables, report)
  return null
}

/** A variable that stands for one field goes on as that field. */
function single(reads: readonly Read[], report: Report): Read | null {
  if (reads.length === 1) return reads[0]!
  for (const read of reads) reportRead(read, report)
  return null
}

/** The field that an expression names, where it is nothing but a chain of names; null else. */
export function plainPath(node: Node): Read | null {
  if (node.type === 'variable' && node.value === '' && !node.predicate) return { from: 'context', path: [] }
  if (node.type !== 'path' || node.group) return null
  const [first, ...rest] = node.steps as [Node, ...Node[]]
  const fromRecord = first.type === 'variable' && first.value === '$'
  const names = fromRecord ? rest : node.steps
  if (!names.every(step => step.type === 'name')) return null
  return {
    from: fromRecord ? 'record' : 'context',
    path: names.map(step => (step as { value: string }).value),
  }
}
