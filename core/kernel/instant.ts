/** RFC 3339 date-time; seconds may be left out and the `T` may be a space, because partners do both. */
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*([Zz]|[+-]\d{2}:?\d{2})$/

const MINUTE_MS = 60_000

export interface Instant {
  /** Epoch milliseconds; sub-millisecond digits as a fraction, so that two events of one millisecond keep their order. */
  ms: number
  /** `2026-01-02T03:04:05Z`, with milliseconds only where there are any. */
  utc: string
  /** The source's offset, `+00:00` for `Z`. */
  offset: string
}

/** Null for everything that is not a real date and time with an offset. */
export function parseInstant(text: string): Instant | null {
  const match = INSTANT.exec(text)
  if (!match) return null
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone] = match as unknown as string[]
  const offset =
    zone === 'Z' || zone === 'z'
      ? '+00:00'
      : zone!.length === 5
        ? `${zone!.slice(0, 3)}:${zone!.slice(3)}`
        : zone!
  // A leap second (RFC 3339 §5.6) is the same instant as the second after it.
  const local = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second)
  const check = new Date(Date.UTC(+year!, +month! - 1, +day!))
  const real =
    check.getUTCMonth() === +month! - 1 &&
    check.getUTCDate() === +day! &&
    +hour! < 24 &&
    +minute! < 60 &&
    +second <= 60
  if (!real || +offset.slice(1, 3) > 23 || +offset.slice(4) > 59) return null
  const shift = (+offset.slice(1, 3) * 60 + +offset.slice(4)) * MINUTE_MS * (offset[0] === '-' ? -1 : 1)
  const whole = local - shift
  const ms = whole + (fraction ? Number(`0.${fraction}`) * 1_000 : 0)
  return { ms, utc: formatInstant(ms), offset }
}

export function formatInstant(ms: number): string {
  const text = new Date(Math.floor(ms)).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text
}
