import type { MappedDependency, RunContext, RunProblem } from '../../contracts/mapper.ts'
import type { Leaf } from '../check/shape.ts'
import type { TableOverlay } from '../functions/table.ts'
import { Run } from './run.ts'

/** One run of a mapping: what it made and what went wrong. */
export class MappingRun extends Run {
  readonly problems: RunProblem[] = []
  readonly overlay: TableOverlay | undefined
  readonly root: unknown
  skipped = false
  identity: unknown
  number: unknown
  revision: unknown
  readonly dependsOn: MappedDependency[] = []
  body: Record<string, unknown> | undefined

  constructor(root: unknown, { bindings = NO_BINDINGS, tables }: RunContext) {
    super(bindings, EPOCH)
    this.root = root
    this.overlay = tables
  }

  /** One problem a place: what failed is not reported missing as well. */
  report(problem: RunProblem): void {
    if (!this.problems.some(known => known.target === problem.target && known.line === problem.line))
      this.problems.push(problem)
  }
}

const NO_BINDINGS = Object.freeze({})

/** A run knows no clock: the same record gives the same document. */
const EPOCH = new Date(0)

/** Where in the document: a leaf, the positions of the items around it and the context of its expression. */
export interface Where {
  leaf: Leaf
  indices: readonly number[]
  context?: unknown
}

/** The pointer of a leaf with the positions of the items filled in. */
export function pointerOf({
  leaf,
  indices,
}: Pick<Where, 'indices'> & { leaf: Pick<Leaf, 'pointer' | 'inDocument'> }): string {
  let at = 0
  return leaf.inDocument ? leaf.pointer.replaceAll(/\/\*(?=\/|$)/g, () => `/${indices[at++] ?? '*'}`) : ''
}

/** The leaf in words: its pointer, or what it is for. */
export const nameOf = (where: Where): string =>
  where.leaf.inDocument ? pointerOf(where) : where.leaf.pointer
