import { Batches, type BatchesOptions } from '../../../kernel/batches.ts'
import { within } from '../within.ts'

export interface StatementsOptions<Item, Result> extends BatchesOptions<Item, Result> {
  /** How long a statement may take. */
  longestMs?: number
}

const MAX_RUNNING = 2
/** One statement that never ends must not hold all that come after it. */
const LONGEST_MS = 30_000

/** Batches that are statements: two at once, each of them bounded in time. */
export const statements = <Item, Result>({
  longestMs = LONGEST_MS,
  ...options
}: StatementsOptions<Item, Result>): Batches<Item, Result> =>
  new Batches({
    maxRunning: MAX_RUNNING,
    ...options,
    run: items => within(longestMs, options.run(items)),
  })
