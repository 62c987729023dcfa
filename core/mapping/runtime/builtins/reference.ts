import jsonata from 'jsonata'
import type { Signature } from '../../expression/ast.ts'
import { chargeFor, type FunctionValue, functionValue } from '../function-value.ts'
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

export const sharedFunctions: ReadonlyMap<string, FunctionValue> = new Map(
  SHARED.map(name => [name, shared(definitions.get(name)!)]),
)

function shared({ implementation, signature }: Definition): FunctionValue {
  const body = (run: Run, args: readonly unknown[]) => {
    chargeFor(run, args)
    return implementation.apply(
      { environment: { timestamp: run.timestamp }, createSequence },
      args as unknown[],
    )
  }
  return functionValue(implementation.length, body, signature)
}
