import { checkExpression } from './check-expression.ts'
import { type FlowChecks, KINDS } from './check-flows.ts'
import { suggest } from './nearest.ts'
import type { HoldRule } from './schema.ts'
import type { Entries } from './sound-items.ts'

/** A rule that names no destination would hold nothing, silently. */
export function checkHolds(
  holds: Entries<HoldRule>,
  { connections, isStored, manifests, problems }: FlowChecks,
): HoldRule[] {
  const names = new Set<string>([...connections, ...manifests.keys(), ...KINDS])
  return holds.map(([index, hold]) => {
    checkExpression(['holds', index, 'when'], hold.when, problems)
    for (const [at, name] of (hold.to ?? []).entries())
      if (!names.has(name) && !isStored(name))
        problems.invalid(
          ['holds', index, 'to', at],
          'is no connection, connector or kind',
          suggest(String(name), names),
        )
    return hold
  })
}
