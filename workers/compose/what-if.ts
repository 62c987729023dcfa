import { createReplayRange, type ReplayRange } from '#core/sync/replay-range.ts'
import { createShadow, type Shadow } from '#core/sync/shadow.ts'
import { createTryMapping, type TryMapping } from '#core/sync/try-mapping.ts'
import type { Base } from './base.ts'
import type { Documents } from './documents.ts'
import type { Mappings } from './mappings.ts'

/** What people ask before and after they publish a mapping. */
export interface WhatIf {
  shadow: Shadow
  tryMapping: TryMapping
  replayRange: ReplayRange
}

export function composeWhatIf(base: Base, { catalogue }: Mappings, documents: Documents): WhatIf {
  const parts = { ...base, ...documents, catalogue }
  return {
    shadow: createShadow(parts),
    tryMapping: createTryMapping(parts),
    replayRange: createReplayRange(parts),
  }
}
