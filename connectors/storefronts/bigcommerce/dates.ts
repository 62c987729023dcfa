/** RFC 2822 §3.3 as V2 writes it: `Tue, 05 Mar 2019 21:40:11 +0000`; the day of the week and the seconds may be missing. */
const RFC_2822 =
  /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2})(:\d{2})? ([+-]\d{2})(\d{2})$/

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** The same instant in RFC 3339, offset kept; every other text as it is. */
export function rfc3339(text: string): string {
  const [, day = '', month = '', year, time, seconds = ':00', hours, minutes] = RFC_2822.exec(text) ?? []
  const place = MONTHS.indexOf(month)
  if (!month || place % 3 !== 0) return text
  return `${year}-${two(place / 3 + 1)}-${two(day)}T${time}${seconds}${hours}:${minutes}`
}

const two = (part: string | number): string => String(part).padStart(2, '0')

/** A copy of the record whose dates (members named `date_…` and `event_date`) read as RFC 3339. */
export function withPlainDates(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return /(?:^|_)date(?:_|$)/.test(name) ? rfc3339(value) : value
  if (Array.isArray(value)) return value.map(item => withPlainDates(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withPlainDates(member, key)]))
}
