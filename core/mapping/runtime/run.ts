import { overBudget } from './expression-error.ts'

export interface Limits {
  /** Loop turns and calls of one run; what copies or scans is charged by its size. */
  steps: number
  /** Nested calls of functions that the expression defines. */
  depth: number
}

export const LIMITS: Limits = { steps: 2_000_000, depth: 1_000 }

/** What one run knows: bindings, the moment it began, and how much work it may still do. */
export class Run {
  steps: number
  depth = 0
  readonly bindings: Readonly<Record<string, unknown>>
  /** Moment that `$now`, `$millis` and incomplete dates use. */
  readonly timestamp: Date
  readonly maxDepth: number

  constructor(bindings: Readonly<Record<string, unknown>>, timestamp: Date, limits: Limits = LIMITS) {
    this.bindings = bindings
    this.timestamp = timestamp
    this.steps = limits.steps
    this.maxDepth = limits.depth
  }

  /** Charges work to the budget, so that neither data nor expression can run for ever. */
  spend(steps: number): void {
    this.steps -= steps
    if (this.steps < 0) throw overBudget('The expression takes too many steps.')
  }

  binding(name: string): unknown {
    return Object.hasOwn(this.bindings, name) ? this.bindings[name] : undefined
  }
}
