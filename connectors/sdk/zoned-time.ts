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

/** Zones put their clocks at a quarter of an hour, and the records of a page are mostly of one. */
const QUARTER_MS = 15 * 60_000

/** Milliseconds that the zone is ahead of UTC. */
function offsetAt(timeZone: string, ms: number): number {
  const zone = zoneOf(timeZone)
  const quarter = Math.floor(ms / QUARTER_MS)
  if (zone.quarter !== quarter) Object.assign(zone, { quarter, offset: offsetIn(zone.format, ms) })
  return zone.offset
}

function offsetIn(format: Intl.DateTimeFormat, ms: number): number {
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d\d):(\d\d))?/.exec(name ?? '') ?? []
  return (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
}

interface Zone {
  readonly format: Intl.DateTimeFormat
  /** The last one that was asked for, with what the zone was ahead in it. */
  quarter: number
  offset: number
}

const zones = new Map<string, Zone>()

/** Making a format costs far more than using it, and a hub sees few zones. */
function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone)
  if (known) return known
  try {
    const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    const zone = { format, quarter: Number.NaN, offset: 0 }
    zones.set(timeZone, zone)
    return zone
  } catch (cause) {
    throw new HubError('INPUT_INVALID', { detail: `“${timeZone}” is not an IANA time zone.`, cause })
  }
}
