import { HubError } from '../../errors/hub-error.ts'

/** A function that commerce needs beside JSONata's own. */
export interface HubFunction {
  readonly name: string
  /** As people write the call. */
  readonly signature: string
  readonly doc: string
  /** Executed by the tests; `error` is the code of what is thrown. */
  readonly examples: readonly Example[]
  readonly required: number
  readonly arity: number
  readonly run: (...args: never[]) => unknown
}

export type Example = { readonly call: string } & ({ readonly result: unknown } | { readonly error: string })

/** A value that the function cannot work with, in one sentence that does not show the value. */
export function wrongType(name: string, wanted: string, value: unknown): HubError {
  return new HubError('MAPPING_TYPE', {
    detail: `$${name} needs ${wanted}, not ${kindOf(value)}.`,
    fingerprint: name,
  })
}

/** What a value is, in words for people. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'number' && !Number.isFinite(value)) return 'no finite number'
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`
}

/** A number as people write it, never in exponent form where it is whole. */
export function digitsOf(value: number): string {
  if (value > SMALL && Number.isSafeInteger(value)) return longDigits(value)
  return Number.isInteger(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : String(value)
}

/** V8 writes small integers several times as fast as others, and ids of partners are long: so they are written in two halves. */
function longDigits(value: number): string {
  const low = value % HALF
  const shown = low < HALF / 10 ? String(low).padStart(8, '0') : low
  return `${(value - low) / HALF}${shown}`
}

const SMALL = 2 ** 30
const HALF = 1e8
