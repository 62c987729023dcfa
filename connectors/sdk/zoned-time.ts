import { HubError } from '#core/errors/hub-error.ts'

/** A moment as a clock in a zone shows it, to the second: `2026-05-12 09:30:00`. For partners that write times without an offset. */
export const zonedText = (timeZone: string, ms: number): string =>
  new Date(ms + offsetAt(timeZone, ms)).toISOString().slice(0, 19).replace('T', ' ')

/** Back to epoch milliseconds; NaN where it is no time. In the hour that a zone has twice, one of both. */
export function zonedInstant(timeZone: string, text: string | undefined): number {
  const clock = Date.parse(`${text?.replace(' ', 'T')}Z`)
  if (Number.isNaN(clock)) return clock
  return clock - offsetAt(timeZone, clock - offsetAt(timeZone, clock))
}

/** Milliseconds that the zone is ahead of UTC. */
function offsetAt(timeZone: string, ms: number): number {
  const name = formatOf(timeZone)
    .formatToParts(ms)
    .find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? []
  return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one costs far more than using it, and a hub sees few zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  try {
    const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formats.set(timeZone, made)
    return made
  } catch (cause) {
    throw new HubError('INPUT_INVALID', { detail: `“${timeZone}” is not an IANA time zone.`, cause })
  }
}
