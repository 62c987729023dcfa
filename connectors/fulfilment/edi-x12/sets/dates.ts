/** Which elements of a segment are a date, the time to it, and the zone (element 623). */
interface DateAt {
  readonly date: number
  readonly time?: number
  readonly zone?: number
}

const DATES: Readonly<Record<string, DateAt>> = {
  BAK: { date: 4 },
  BEG: { date: 5 },
  BIA: { date: 4, time: 5 },
  BIG: { date: 1 },
  BSN: { date: 3, time: 4 },
  DTM: { date: 2, time: 3, zone: 4 },
  G62: { date: 2, time: 4, zone: 5 },
  PRF: { date: 4 },
  W06: { date: 3 },
  W17: { date: 2 },
}

/** Codes of element 623 that name a fixed offset; local ones (`LT`, `ET`, `CT` …) go by the partner’s setting. */
const ZONES: Readonly<Record<string, string>> = {
  UT: '+00:00',
  GM: '+00:00',
  ES: '-05:00',
  ED: '-04:00',
  CS: '-06:00',
  CD: '-05:00',
  MS: '-07:00',
  MD: '-06:00',
  PS: '-08:00',
  PD: '-07:00',
}

/** `CCYYMMDD` or `YYMMDD` and `HHMM[SS[DD]]` as RFC 3339; undefined where it is no date. X12 has no zone of its own. */
export function x12Instant(date: string, time = '', offset = '+00:00'): string | undefined {
  const day = /^(\d\d)?(\d\d)(\d\d)(\d\d)$/.exec(date)
  if (!day) return undefined
  const [, century = Number(day[2]) < 70 ? '20' : '19', year, month, dayOfMonth] = day
  const [, hours = '00', minutes = '00', seconds = '00'] = /^(\d\d)(\d\d)(\d\d)?\d*$/.exec(time) ?? []
  const text = `${century}${year}-${month}-${dayOfMonth}T${hours}:${minutes}:${seconds}`
  const ms = Date.parse(`${text}Z`)
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text.slice(0, 10))
  return isReal ? `${text}${offset}` : undefined
}

/** The instant that a segment tells of; undefined where it tells of none, or of one that cannot be. */
export function instantOf(id: string, elements: readonly string[], offset: string): string | undefined {
  const at = dateOf(id)
  if (!at) return undefined
  const text = (nth?: number): string => (nth === undefined ? '' : (elements[nth - 1]?.trim() ?? ''))
  return x12Instant(text(at.date), text(at.time), ZONES[text(at.zone)] ?? offset)
}

/** Where the date of a segment stands; undefined where it has none. */
export const dateOf = (id: string): DateAt | undefined => (Object.hasOwn(DATES, id) ? DATES[id] : undefined)
