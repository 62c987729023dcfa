import { HubError } from '../errors/hub-error.ts'
import { compileExpression, type Expression } from './evaluate.ts'

/** A condition of the configuration. */
export interface ConditionOf {
  text: string
  /** Where it stands, for people: `flows: the condition of “order-1”`. */
  place: string
  /** The same failure at the same place is one cause. */
  fingerprint: string
  /** Names that it may use beside the members of its input. */
  variables?: readonly string[]
}

export type Condition = (input: unknown, bindings?: Readonly<Record<string, unknown>>) => boolean

/** JSONata as yes or no. Text that is no JSONata stops the start; what goes wrong later concerns the one document. */
export function compileCondition({ text, place, fingerprint, variables = [] }: ConditionOf): Condition {
  const expression = compiled(text, place, variables)
  return (input, bindings) => {
    try {
      return truthy(expression(input, bindings))
    } catch (cause) {
      throw new HubError('MAPPING_EXPRESSION', { detail: `${place} failed.`, fingerprint, cause })
    }
  }
}

/** As JSONata's own `and` and `?:` see it: nothing, zero, the empty text and the empty array do not hold. */
const truthy = (value: unknown): boolean => (Array.isArray(value) ? value.some(truthy) : Boolean(value))

function compiled(text: string, place: string, variables: readonly string[]): Expression {
  try {
    return compileExpression(text, variables)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new HubError('CONFIG_INVALID', { detail: `${place} is no JSONata: ${why}`, cause })
  }
}
