import type { Flow } from '#config/schema.ts'
import { compileCondition } from '../mapping/condition.ts'
import type { CompiledFlow } from './plan.ts'

/** Compiles the conditions of the flows; one that is no JSONata stops the start and names its flow. */
export const compileFlows = (flows: readonly Flow[]): CompiledFlow[] =>
  flows.map(flow => ({ ...flow, admits: condition(flow) }))

function condition({ id, when }: Flow): CompiledFlow['admits'] {
  if (when === undefined) return () => true
  return compileCondition({
    text: when,
    place: `flows: the condition of “${id}”`,
    fingerprint: `flow ${id}`,
  })
}
