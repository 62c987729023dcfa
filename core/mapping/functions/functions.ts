import type { HubCallable } from '../lower/env.ts'
import { functionValue } from '../runtime/function-value.ts'
import { COUNTRY_FUNCTIONS } from './country.ts'
import type { HubFunction } from './hub-function.ts'
import { MONEY_FUNCTIONS } from './money.ts'
import { TEXT_FUNCTIONS } from './text.ts'
import { TIME_FUNCTIONS } from './time.ts'

/** Every function that the hub adds to JSONata, beside `$table`, which belongs to a mapping. */
export const HUB_FUNCTIONS: readonly HubFunction[] = [
  ...MONEY_FUNCTIONS,
  ...TIME_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...COUNTRY_FUNCTIONS,
]

export const hubCallables: ReadonlyMap<string, HubCallable> = new Map(
  HUB_FUNCTIONS.map(spec => [spec.name, callable(spec)]),
)

function callable({ required, arity, run }: HubFunction): HubCallable {
  const call = run as (...args: readonly unknown[]) => unknown
  return { required, arity, run, value: functionValue(arity, (_run, args) => call(...args)) }
}
