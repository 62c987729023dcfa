import { expect } from '@jest/globals'
import type { RunContext } from '#core/contracts/mapper.ts'
import type { Explained, ExplainedLeaf } from '#core/mapping/explain/explained.ts'
import { mappingText, planOf } from './small-mapper.ts'

interface Given {
  /** Keys of the mapping beside the document. */
  more?: string
  context?: RunContext
}

/** A record explained by a small mapping; the result must be that of a run. */
export function explained(document: string, input: object, { more = '', context }: Given = {}): Explained {
  const { plan, mapper, run } = planOf(mappingText(document, more))
  const record = { id: 1, ...input }
  const found = mapper.explain(plan, record, context)
  expect(found.result).toStrictEqual(run(record, context))
  return found
}

/** What is said of the leaves at some pointers. */
export function leavesAt(found: Explained, pattern: RegExp): ExplainedLeaf[] {
  return found.leaves.filter(({ pointer }) => pattern.test(pointer))
}

/** Sources by the pointer of their leaf. */
export const sourcesOf = (found: Explained, pattern = /./): Record<string, string[]> =>
  Object.fromEntries(leavesAt(found, pattern).map(({ pointer, sources }) => [pointer, sources]))
