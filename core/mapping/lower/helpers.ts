import { apply, call, chain, functionValue, OPEN, partial, Tail } from '../runtime/function-value.ts'
import { group, object } from '../runtime/group.ts'
import * as operators from '../runtime/operators.ts'
import * as paths from '../runtime/path.ts'
import { regex } from '../runtime/regex.ts'
import { NO_TUPLE, one, oneKept, sequenceOf, wrapInput } from '../runtime/sequence.ts'
import { sort } from '../runtime/sort.ts'
import { transform } from '../runtime/transform.ts'
import * as tuples from '../runtime/tuples.ts'
import { called, cons, list, NO_QUICK, UNBOUND } from '../runtime/values.ts'

/** Everything that generated code may call, by the name it calls it. */
export const EXPRESSION_HELPERS = {
  apply,
  call,
  called,
  chain,
  cons,
  functionValue,
  group,
  list,
  object,
  partial,
  regex,
  sort,
  transform,
  NO_QUICK,
  NO_TUPLE,
  OPEN,
  Tail,
  UNBOUND,
  one,
  oneKept,
  sequenceOf,
  wrapInput,
  ...operators,
  ...paths,
  ...tuples,
} as const

export type ExpressionHelper = keyof typeof EXPRESSION_HELPERS
