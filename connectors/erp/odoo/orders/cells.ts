import type { Cell } from './body.ts'

/** One column of a record as `load` takes it. */
export type Cells = Readonly<Record<string, string>>

/** RFC 3339 becomes Odoo's form, UTC without a zone; what is not there clears the field. */
export function cellOf(value: unknown): string {
  if (value === null || value === undefined || value === false) return value === false ? 'False' : ''
  if (value === true) return 'True'
  const text = String(value)
  return INSTANT.test(text) ? odooTime(text) : text
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** A day that does not exist stays as it is, for Odoo to refuse. */
function odooTime(instant: string): string {
  const ms = Date.parse(instant)
  return Number.isNaN(ms) ? instant : new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}

/** Whether Odoo's field holds what the cell would write. */
export function holds(value: unknown, cell: string): boolean {
  if (value === false || value === null) return cell === '' || cell === 'False' || Number(cell) === 0
  if (value === true) return cell === 'True'
  if (typeof value === 'number') return cell !== '' && Math.abs(Number(cell) - value) < 1e-6
  if (isNamed(value)) return cell === String(value[0]) || plain(cell) === plain(value[1])
  if (Array.isArray(value)) return idsIn(cell).join() === [...value].map(Number).sort(ascending).join()
  return plain(String(value)) === plain(cell)
}

/** A relation as `read` gives it: id and name. */
const isNamed = (value: unknown): value is [number, string] =>
  Array.isArray(value) && value.length === 2 && typeof value[1] === 'string'

const ascending = (a: number, b: number): number => a - b

const idsIn = (cell: string): number[] => cell.split(',').filter(Boolean).map(Number).sort(ascending)

/** Odoo rewrites HTML as it stores it: only the words count. */
const plain = (text: string): string =>
  text
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(amp|lt|gt|quot|#39|#34|nbsp);/g, (_, name: string) => ENTITIES[name] ?? ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#34': '"',
  '#39': "'",
}

/** Text of people as HTML, one paragraph a line. */
export const htmlOf = (text: string): string =>
  text
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .map(line => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`)
    .join('')

export const cellsOf = (record: Readonly<Record<string, Cell | unknown>>): Cells =>
  Object.fromEntries(Object.entries(record).map(([column, value]) => [column, cellOf(value)]))
