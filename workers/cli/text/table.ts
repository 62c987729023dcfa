export interface Column<T> {
  title: string
  of(item: T): string | number | undefined | null
  /** Numbers stand right. */
  right?: true
}

const GAP = '  '
const LEAST = 12

/** Aligned columns; where the line would be longer than the terminal, the widest column gives way with an ellipsis. */
export function table<T>(items: readonly T[], columns: readonly Column<T>[], width: number): string {
  const rows = [
    columns.map(({ title }) => title),
    ...items.map(item => columns.map(column => cell(column.of(item)))),
  ]
  const wanted = columns.map((_, at) => Math.max(...rows.map(row => length(row[at]!))))
  const widths = fitted(wanted, width)
  return rows
    .map(row =>
      row
        .map((text, at) => padded(cut(text, widths[at]!), widths[at]!, columns[at]!.right))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n')
}

/** One line a cell: a partner's sentence may hold anything. */
const cell = (value: string | number | undefined | null): string =>
  String(value ?? '–')
    .replaceAll(/\s+/g, ' ')
    .trim() || '–'

function fitted(widths: readonly number[], width: number): number[] {
  const fit = [...widths]
  const gaps = GAP.length * (widths.length - 1)
  for (let over = fit.reduce((sum, each) => sum + each, gaps) - width; over > 0; over--) {
    const widest = Math.max(...fit)
    if (widest <= LEAST) break
    fit[fit.indexOf(widest)] = widest - 1
  }
  return fit
}

const length = (text: string): number => [...text].length

const cut = (text: string, width: number): string =>
  length(text) <= width ? text : `${[...text].slice(0, width - 1).join('')}…`

const padded = (text: string, width: number, right?: true): string => {
  const space = ' '.repeat(Math.max(0, width - length(text)))
  return right ? space + text : text + space
}
