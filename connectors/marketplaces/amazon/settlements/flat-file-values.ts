import { HubError, parseInstant } from '../../../sdk/index.ts'

/**
 * `1234.50`, `1,234.50`, `-12,34` and `1.234,50` as a plain decimal: the last of point and comma is the decimal sign,
 * unless three digits follow a single kind of sign that stands there more than once.
 */
export function plainAmount(figure: string): string {
  const text = figure.replace(/[\s\u00a0\u202f]/g, '').replace(/^\u2212/, '-')
  if (!/^[+-]?\d[\d.,]*$/.test(text))
    throw new HubError('BODY_UNREADABLE', { detail: 'A figure of the report is no number.' })
  const decimal = Math.max(text.lastIndexOf('.'), text.lastIndexOf(','))
  if (decimal < 0) return text
  const sign = text[decimal]!
  const grouped = text.indexOf(sign) !== decimal
  if (grouped) return text.replaceAll(/[.,]/g, '')
  const fraction = text.slice(decimal + 1)
  const whole = text.slice(0, decimal).replaceAll(/[.,]/g, '')
  return fraction ? `${whole}.${fraction}` : whole
}

/** `2026-03-01 04:05:06 UTC`, ISO 8601 with an offset, `01.03.2026 04:05:06 UTC`, and each without its time. */
export function instantOf(cell: string | undefined): string | undefined {
  const text = cell?.trim().replace(/\s*(?:UTC|GMT)$/i, 'Z')
  if (!text) return undefined
  const [, day, month, year, rest = ''] = /^(\d{2})[./](\d{2})[./](\d{4})(.*)$/s.exec(text) ?? []
  const sorted =
    day === undefined
      ? text
      : `${year}-${dayFirst(text) ? month : day}-${dayFirst(text) ? day : month}${rest}`
  const dated = /^\d{4}-\d{2}-\d{2}Z?$/.test(sorted) ? `${sorted.slice(0, 10)}T00:00:00Z` : sorted
  const instant = parseInstant(dated)
  if (!instant) throw new HubError('BODY_UNREADABLE', { detail: 'A time of the report cannot be read.' })
  return instant.utc
}

/** Points stand between day and month, slashes between month and day (amazon.com). */
const dayFirst = (text: string): boolean => text[2] === '.'
