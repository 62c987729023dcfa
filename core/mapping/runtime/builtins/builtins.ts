import { parseSignature } from '../../expression/parse.ts'
import { chargeArguments } from '../charge.ts'
import { ExpressionError } from '../expression-error.ts'
import { type FunctionValue, functionValue } from '../function-value.ts'
import type { Run } from '../run.ts'
import { distinct, each, filter, map, reduce, sift, single, sort } from './higher-order.ts'
import { contains, match, replace, split } from './matching.ts'
import { sharedFunctions, signatureOf } from './reference.ts'

type Native = (run: Run, ...args: never[]) => unknown

/** A function of our own under the reference's signature and number of parameters. */
const own = (name: string, arity: number, native: Native): [string, FunctionValue] => [
  name,
  functionValue(
    arity,
    (run, args) => {
      chargeArguments(run, args)
      return (native as (run: Run, ...args: readonly unknown[]) => unknown)(run, ...args)
    },
    signatureOf(name),
  ),
]

/** Longest text that `$pad` makes. */
const MAX_PAD = 100_000

function pad(_run: Run, text: string | undefined, width: number, filler?: string): unknown {
  if (text === undefined) return undefined
  const missing = Math.abs(Math.trunc(width)) - Array.from(text).length
  if (missing > MAX_PAD) throw new ExpressionError('D2015', { value: width })
  if (!(missing > 0)) return text
  const padding = Array.from((filler || ' ').repeat(missing))
    .slice(0, missing)
    .join('')
  return width > 0 ? text + padding : padding + text
}

/** The functions of JSONata whose answer depends on the arguments alone. */
export const pureFunctions: ReadonlyMap<string, FunctionValue> = new Map([
  ...sharedFunctions,
  own('match', 3, match as Native),
  own('contains', 2, contains as Native),
  own('replace', 4, replace as Native),
  own('split', 3, split as Native),
  own('map', 2, map as Native),
  own('filter', 2, filter as Native),
  own('single', 2, single as Native),
  own('reduce', 3, reduce as Native),
  own('sift', 2, sift as Native),
  own('each', 2, each as Native),
  own('sort', 2, sort as Native),
  own('distinct', 1, (run, list: unknown) => distinct(run, list)),
  own('pad', 3, pad as Native),
])

/** The moment the run began, as the reference binds it. */
const now: FunctionValue = functionValue(
  2,
  (run, [picture, zone]) =>
    sharedFunctions.get('fromMillis')!(run, [run.timestamp.getTime(), picture, zone], undefined),
  parseSignature('<s?s?:s>'),
)

const millis: FunctionValue = functionValue(0, run => run.timestamp.getTime(), parseSignature('<:n>'))

function shuffle(_run: Run, list: unknown[] | undefined): unknown {
  const result = list ? [...list] : list
  for (let index = (result?.length ?? 0) - 1; index > 0; index--) {
    const other = Math.floor(Math.random() * (index + 1))
    ;[result![index], result![other]] = [result![other], result![index]]
  }
  return result
}

/** Functions whose answer changes from run to run: not for mappings, whose runs can be repeated. */
export const impureFunctions: ReadonlyMap<string, FunctionValue> = new Map([
  ['now', now],
  ['millis', millis],
  own('random', 0, () => Math.random()),
  own('shuffle', 1, shuffle as Native),
])
