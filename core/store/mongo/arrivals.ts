const TIME_DIGITS = 12
const COUNT_DIGITS = 8
const COUNTS = 2 ** 32
/** Of count and process together. */
const ARRIVAL_DIGITS = 12
const LATEST = 2 ** 48 - 1

/**
 * Gives each new record its `seq`, by which lists sort: time, then the order in which this process stored it, then
 * the process. Fixed width, so that texts sort as what they stand for. No server counter: it would cost a round trip
 * and be one record that all processes write.
 */
export class Arrivals {
  readonly #process: string
  #count: number

  constructor(random: (size: number) => Buffer) {
    this.#process = random(2).toString('hex')
    this.#count = random(3).readUIntBE(0, 3)
  }

  next(time: number): string {
    this.#count = (this.#count + 1) % COUNTS
    return `${timeHex(Math.floor(time))}${hex(this.#count, COUNT_DIGITS)}${this.#process}`
  }
}

/** The `seq` of a record that comes from another store, where it was the n-th to arrive. */
export const movedSeq = (time: number, arrival: number): string =>
  `${timeHex(Math.floor(time))}${hex(arrival, ARRIVAL_DIGITS)}`

/** Everything that arrived before this time sorts below it, everything else does not. */
export const startOf = (time: number): string => timeHex(Math.ceil(time))

/** The time that the `seq` was made for. */
export const timeOf = (seq: string): number => Number.parseInt(seq.slice(0, TIME_DIGITS), 16)

const timeHex = (time: number): string => hex(Math.min(Math.max(time, 0), LATEST), TIME_DIGITS)

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0')
