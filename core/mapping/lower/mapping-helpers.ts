import { setMember } from '../runtime/group.ts'
import { coerce, failed, missing } from '../runtime/leaf-values.ts'
import type { Run } from '../runtime/run.ts'
import { isArray, isRecord } from '../runtime/sequence.ts'
import { EXPRESSION_HELPERS } from './helpers.ts'

/** The items that `$each` goes through. */
function itemsOf(run: Run, value: unknown): readonly unknown[] {
  const items = value === undefined || value === null ? [] : isArray(value) ? value : [value]
  run.spend(items.length)
  return items
}

/** Everything that the generated code of a mapping may call. */
export const MAPPING_HELPERS = {
  ...EXPRESSION_HELPERS,
  coerce,
  failed,
  isRecord,
  itemsOf,
  missing,
  setMember,
} as const

export type MappingHelper = keyof typeof MAPPING_HELPERS
