const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const

/** Made at the first use: it takes longer than the whole rest of a module's start. */
let relative: Intl.RelativeTimeFormat | undefined

/** `5min ago`, `in 2h`; a time within the last second is `now`. */
export function ago(at: number | undefined, now: number): string {
  if (at === undefined) return '–'
  const distance = at - now
  const [unit, ms] = UNITS.find(([, size]) => Math.abs(distance) >= size) ?? ['second', 1_000]
  const whole = Math.round(distance / ms)
  if (whole === 0) return 'now'
  relative ??= new Intl.RelativeTimeFormat('en', { style: 'narrow' })
  return relative.format(whole, unit)
}
