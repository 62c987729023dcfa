import type { Flow } from '#config/schema.ts'
import { HubError } from '../errors/hub-error.ts'
import { compileExpression } from '../mapping/evaluate.ts'
import type { CompiledFlow } from './plan.ts'

/** Compiles the conditions of the flows; one that is no JSONata stops the start and names its flow. */
export const compileFlows = (flows: readonly Flow[]): CompiledFlow[] =>
  flows.map(flow => ({ ...flow, admits: condition(flow) }))

function condition({ id, when }: Flow): CompiledFlow['admits'] {
  if (when === undefined) return () => true
  const expression = attempt(id, () => compileExpression(when))
  return document => {
    try {
      return truthy(expression(document))
    } catch (cause) {
      throw new HubError('MAPPING_EXPRESSION', {
        detail: `The condition of flow “${id}” failed.`,
        fingerprint: `flow ${id}`,
        cause,
      })
    }
  }
}

/** As JSONata's own `and` and `?:` see it: nothing, zero, the empty text and the empty array do not hold. */
const truthy = (value: unknown): boolean => (Array.isArray(value) ? value.some(truthy) : Boolean(value))

function attempt<T>(flow: string, compile: () => T): T {
  try {
    return compile()
  } catch (cause) {
    const detail = `flows: the condition of “${flow}” is no JSONata: ${cause instanceof Error ? cause.message : String(cause)}`
    throw new HubError('CONFIG_INVALID', { detail, cause })
  }
}
