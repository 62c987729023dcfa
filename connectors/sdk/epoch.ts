import { parseInstant } from '#core/kernel/instant.ts'

/** Seconds of the year 5138, milliseconds of 1973: partners write nothing between. */
const FIRST_MS = 100_000_000_000

/** An RFC 3339 instant, epoch seconds or epoch milliseconds as epoch milliseconds; undefined for anything else. */
export function epochMs(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? scaled(value) : undefined
  if (typeof value !== 'string') return undefined
  return /^\d{1,16}(\.\d+)?$/.test(value) ? scaled(Number(value)) : parseInstant(value)?.ms
}

const scaled = (value: number): number => (Math.abs(value) < FIRST_MS ? value * 1_000 : value)
