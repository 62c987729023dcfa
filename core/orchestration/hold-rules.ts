import type { HoldRule } from '#config/schema.ts'
import { compileCondition } from '../mapping/condition.ts'

/** What a rule sees beside the order. */
export interface OrderFacts {
  addressProblems: string[]
  unknownSkus: string[]
}

/** A rule whose condition is compiled. */
export interface CompiledHold extends Omit<HoldRule, 'when'> {
  /** What of `OrderFacts` it looks at: what it does not name is not found out. */
  reads: readonly (keyof OrderFacts)[]
  fits(order: object, facts: OrderFacts): boolean
}

const FACTS = ['addressProblems', 'unknownSkus'] as const satisfies readonly (keyof OrderFacts)[]

/** A rule that is no JSONata stops the start and names itself. */
export const compileHolds = (rules: readonly HoldRule[]): CompiledHold[] =>
  rules.map(({ when, ...rule }) => {
    const condition = compileCondition({
      text: when,
      place: `holds: the condition of “${rule.id}”`,
      fingerprint: `hold ${rule.id}`,
      variables: FACTS,
    })
    return {
      ...rule,
      reads: FACTS.filter(name => when.includes(`$${name}`)),
      fits: (order, facts) => condition(order, { ...facts }),
    }
  })
