const formats = new Map<string, Intl.DateTimeFormat>()

/** The offset of a time zone at an instant, as in `-05:00`; throws a `RangeError` for a zone that does not exist. */
export function offsetAt(timeZone: string, ms: number): string {
  const name = formatOf(timeZone)
    .formatToParts(ms)
    .find(part => part.type === 'timeZoneName')?.value
  return !name || name === 'GMT' ? '+00:00' : name.slice('GMT'.length)
}

/** As REST and webhooks write times: whole seconds with the shop's offset. */
export function shopTime(timeZone: string, ms: number): string {
  const offset = offsetAt(timeZone, ms)
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))
  const shift = minutes * 60_000 * (offset[0] === '-' ? -1 : 1)
  return `${new Date(ms + shift).toISOString().slice(0, 19)}${offset}`
}

/** Making one costs far more than using it, and a hub sees few zones. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  formats.set(timeZone, made)
  return made
}
