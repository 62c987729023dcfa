/** RFC 3339 date-time; seconds may be left out and the `T` may be a space, because partners do both. */
const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*([Zz]|[+-]\d{2}:?\d{2})$/

const MINUTE_MS = 60_000

export interface Instant {
  /** Epoch milliseconds; sub-millisecond digits as a fraction, so that two events of one millisecond keep their order. */
  readonly ms: number
  /** `2026-01-02T03:04:05Z`, with milliseconds only where there are any. */
  readonly utc: string
  /** The source's offset, `+00:00` for `Z`. */
  readonly offset: string
}

/** Null for everything that is not a real date and time with an offset. */
export function parseInstant(text: string): Instant | null {
  if (text === newer.text) return newer.instant
  if (text === older.text) return older.instant
  older = newer
  newer = { text, instant: parseUsual(text) ?? parseAny(text) }
  return newer.instant
}

/** A record repeats its times: when it was made and changed stand in several fields, and their offsets are asked for. */
let newer: { text: string; instant: Instant | null } = { text: '', instant: null }
let older = newer

/** The form of nearly every partner. Days 29 to 31 depend on the month, and so they go the long way. */
const USUAL =
  /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** The usual form, read by position: several times as fast, and a document has several of them. Null for any other. */
function parseUsual(text: string): Instant | null {
  if (!USUAL.test(text)) return null
  const utc = text.length === 20
  const minutes = twoDigits(text, 11) * 60 + twoDigits(text, 14) - (utc ? 0 : offsetMinutes(text))
  const days = daysSince1970(
    twoDigits(text, 0) * 100 + twoDigits(text, 2),
    twoDigits(text, 5),
    twoDigits(text, 8),
  )
  const ms = (days * 1_440 + minutes) * MINUTE_MS + twoDigits(text, 17) * 1_000
  return { ms, utc: utc ? text : shifted(text, minutes, ms), offset: utc ? '+00:00' : text.slice(19) }
}

/** Two characters that are digits, as a number. */
const twoDigits = (text: string, at: number): number =>
  text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528

const offsetMinutes = (text: string): number =>
  (twoDigits(text, 20) * 60 + twoDigits(text, 23)) * (text.charCodeAt(19) === MINUS ? -1 : 1)

const MINUS = 0x2d

/** Days of the Gregorian calendar: years begin in March here, so that the leap day is the last of one. */
function daysSince1970(year: number, month: number, day: number): number {
  const from = month <= 2 ? year - 1 : year
  const leapDays = Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400)
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return from * 365 + leapDays + dayOfYear - 719_468
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'))

/** The text in UTC: within the same day only hours and minutes change. */
function shifted(text: string, minutes: number, ms: number): string {
  if (minutes < 0 || minutes >= 1_440) return formatInstant(ms)
  const minute = minutes % 60
  // The short part first: V8 copies short texts and chains long ones.
  const time = `${TWO_DIGITS[(minutes - minute) / 60]}:${TWO_DIGITS[minute]}${text.slice(16, 19)}Z`
  return text.slice(0, 11) + time
}

function parseAny(text: string): Instant | null {
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
