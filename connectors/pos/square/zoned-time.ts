const formats = new Map<string, Intl.DateTimeFormat>()

/** The instant as a clock of the zone shows it, with its offset; undefined where the zone or the instant is none. */
export function zonedTime(timeZone: string | undefined, instant: unknown): string | undefined {
  const ms = typeof instant === 'string' ? Date.parse(instant) : Number.NaN
  const format = timeZone ? formatOf(timeZone) : undefined
  if (!format || Number.isNaN(ms)) return undefined
  const name = format.formatToParts(ms).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const offset = name === 'GMT' ? '+00:00' : name.slice('GMT'.length, 'GMT+00:00'.length)
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))
  const local = ms + minutes * 60_000 * (offset[0] === '-' ? -1 : 1)
  return `${new Date(local).toISOString().slice(0, 19)}${offset}`
}

/** Making one costs far more than using it, and a hub sees few zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(timeZone)
  if (known) return known
  try {
    const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formats.set(timeZone, made)
    return made
  } catch {
    // A zone that this runtime does not know: the offset is left out, the instant is not.
    return undefined
  }
}
