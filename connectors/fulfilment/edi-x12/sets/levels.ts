import type { Outgoing } from './from-record.ts'

/**
 * The tree of an 856 that a mapping gives (`HL` with `inside`, and `items` for what lies in no pack) as the flat list of the
 * standard: HL01 counts, HL02 points at the parent, HL04 says whether there is more below; CTT01 is their number.
 */
export function withLevels(record: Outgoing): Outgoing {
  const flat: Outgoing[] = []
  const add = (level: Outgoing, parent: number | undefined): void => {
    const { inside, items, ...segments } = level
    const below = [...listOf(inside), ...listOf(items)]
    const number = flat.length + 1
    flat.push({
      ...segments,
      ...{ HL01: number, HL04: below.length > 0 ? 1 : 0 },
      ...(parent === undefined ? {} : { HL02: parent }),
    })
    for (const one of below) add(one, number)
  }
  for (const root of listOf(record['HL'])) add(root, undefined)
  return { ...record, HL: flat, CTT: { ...(record['CTT'] as Outgoing | undefined), CTT01: flat.length } }
}

const listOf = (value: unknown): Outgoing[] =>
  [value].flat().filter((one): one is Outgoing => typeof one === 'object' && one !== null)
