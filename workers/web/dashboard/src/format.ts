const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const instant = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** Epoch milliseconds of a time that the API wrote as text. */
export const timeOf = (text: string): number => Date.parse(text)

export const formatCount = (count: number): string => whole.format(count)

export const formatTime = (at: number): string => clock.format(at)

export const formatInstant = (at: number): string => instant.format(at)

const UNITS: readonly [limit: number, unit: number, name: string][] = [
  [1_000, 1, 'ms'],
  [60_000, 1_000, 's'],
  [3_600_000, 60_000, 'min'],
  [48 * 3_600_000, 3_600_000, 'h'],
  [Number.POSITIVE_INFINITY, 24 * 3_600_000, 'd'],
]

/** `180 ms`, `1.2 s`, `45 s`, `3 min`, `2 h`, `5 d`. */
export function formatDuration(ms: number): string {
  const [, unit, name] = UNITS.find(([limit]) => ms < limit) ?? UNITS[0]!
  const value = ms / unit
  return `${unit === 1_000 && value < 10 ? short.format(value) : whole.format(Math.floor(value))} ${name}`
}

export const formatLatency = (ms: number | null): string => (ms === null ? '–' : formatDuration(ms))

/** `just now`, `3 min ago`; `–` for never. `now` is the hub's clock, so that a wrong local clock does not matter. */
export function formatAgo(at: number | null, now: number): string {
  if (at === null) return '–'
  return now - at < 60_000 ? 'just now' : `${formatDuration(now - at)} ago`
}

/** `-184,732.05` of a decimal string: digits grouped, none of them rounded. */
export const formatMoney = (amount: string): string => {
  const [units = '', decimals] = amount.split('.')
  const grouped = units.replaceAll(/\d(?=(?:\d{3})+$)/g, '$&,')
  return decimals === undefined ? grouped : `${grouped}.${decimals}`
}

/** Age of something that waits: exact from the first second. */
export const formatAge = (at: number | null, now: number): string =>
  at === null ? '–' : formatDuration(Math.max(1_000, now - at))

export function formatBytes(bytes: number): string {
  return bytes < 1_024 ? `${bytes} B` : `${short.format(bytes / 1_024)} KB`
}

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
