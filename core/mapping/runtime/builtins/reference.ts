import jsonata from 'jsonata'
import type { Signature } from '../../expression/ast.ts'
import { chargeArguments, chargeDeep } from '../charge.ts'
import { type FunctionValue, functionValue } from '../function-value.ts'
import type { Run } from '../run.ts'
import { sequenceOf } from '../sequence.ts'

/** A built-in function as the reference keeps it: what evaluating `$sum` gives. */
interface Definition {
  implementation(this: Focus, ...args: unknown[]): unknown
  signature: Signature
}

/** What the reference's functions expect as `this`. */
interface Focus {
  environment: { timestamp: Date }
  createSequence(...item: unknown[]): unknown[]
}

const createSequence = (...item: unknown[]): unknown[] => sequenceOf(item)

/** The reference's own functions that are synchronous and take no function: the same answers, because the same code. */
const SHARED = [
  'sum count max min average',
  'string substring substringBefore substringAfter lowercase uppercase length trim join',
  'formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power',
  'boolean not zip keys lookup append exists spread merge reverse error assert type clone',
  'base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl',
  'toMillis fromMillis',
].flatMap(line => line.split(' '))

/** The reference's functions that are asynchronous there: only their signature is taken. */
const REWRITTEN =
  'match contains replace split map filter single reduce sift each sort distinct pad random shuffle eval'.split(
    ' ',
  )

const definitionOf = async (name: string): Promise<[string, Definition]> => [
  name,
  (await jsonata(`$${name}`).evaluate(null)) as Definition,
]

const definitions = new Map(await Promise.all([...SHARED, ...REWRITTEN].map(definitionOf)))

export const signatureOf = (name: string): Signature => definitions.get(name)!.signature

/** Functions that write their argument as JSON. */
const DEEP = new Set(['string', 'clone', 'error', 'assert'])

/** Functions that read a picture at every call take as long as so many steps. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ['formatNumber', 50],
  ...['formatInteger', 'parseInteger', 'fromMillis', 'toMillis'].map((name): [string, number] => [name, 30]),
])

export const sharedFunctions: ReadonlyMap<string, FunctionValue> = new Map(
  SHARED.map(name => [name, shared(name, definitions.get(name)!)]),
)

function shared(name: string, { implementation, signature }: Definition): FunctionValue {
  const steps = STEPS.get(name) ?? 0
  const charge = DEEP.has(name) ? chargeDeep : chargeArguments
  const body = (run: Run, args: readonly unknown[]) => {
    run.spend(steps)
    charge(run, args)
    return implementation.apply(
      { environment: { timestamp: run.timestamp }, createSequence },
      args as unknown[],
    )
  }
  return functionValue(implementation.length, body, signature)
}
