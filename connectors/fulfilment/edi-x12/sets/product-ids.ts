/** Where the pairs of qualifier (235) and product id (234) of a segment begin. */
const FIRST_PAIRS: Readonly<Record<string, readonly number[]>> = {
  IT1: range(6, 24),
  LIN: range(2, 30),
  PO1: range(6, 24),
  W01: [4, 6, 15, 17],
  W07: [4, 6],
  W12: [7, 17],
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: (to - from) / 2 + 1 }, (_, index) => from + 2 * index)
}

/** Product ids by their qualifier: `{ VN: 'AB3542', UP: '065322001171' }`; the first of a qualifier holds. */
export function productIds(id: string, elements: readonly string[]): Record<string, string> | null {
  const ids: Record<string, string> = {}
  for (const at of Object.hasOwn(FIRST_PAIRS, id) ? FIRST_PAIRS[id]! : []) {
    const [qualifier = '', value = ''] = [elements[at - 1]?.trim(), elements[at]?.trim()]
    if (/^[A-Z0-9]{2}$/.test(qualifier) && value !== '') ids[qualifier] ??= value
  }
  return Object.keys(ids).length > 0 ? ids : null
}
