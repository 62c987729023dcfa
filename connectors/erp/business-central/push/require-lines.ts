import { HubError } from '../../../sdk/index.ts'
import { type Company, find } from '../api.ts'
import { oneOf } from '../odata.ts'
import type { WantedLine } from './sales-document.ts'

/** Of an item's number. */
const LONGEST = 20
const AT_ONCE = 40

/** Business Central says “Item does not exist.” and not which: so the hub asks before it writes. */
export async function requireLines(company: Company, lines: readonly WantedLine[]): Promise<void> {
  for (const line of lines) if (line.lineType !== 'Comment') requireObject(line)
  const wanted = new Set(
    lines.flatMap(({ lineType, lineObjectNumber }) => (lineType === 'Item' ? lineObjectNumber! : [])),
  )
  const known = await knownItems(
    company,
    [...wanted].filter(number => number.length <= LONGEST),
  )
  const missing = [...wanted].filter(number => !known.has(number.toUpperCase()))
  if (missing.length === 0) return
  throw new HubError('SKU_UNKNOWN', {
    detail: `Business Central has no item ${missing.map(one => `“${one}”`).join(', ')}.`,
    fingerprint: missing[0],
  })
}

function requireObject({ lineType, lineObjectNumber, description = '', setting }: WantedLine): void {
  if (lineObjectNumber) return
  throw lineType === 'Item'
    ? new HubError('SKU_UNKNOWN', { detail: `The line “${description}” has no SKU.`, fingerprint: 'none' })
    : new HubError('MAPPING_MISSING', {
        detail: `The line “${description}” needs a G/L account: give the setting ${String(setting ?? 'of its kind')}.`,
        fingerprint: String(setting),
      })
}

async function knownItems(company: Company, numbers: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>()
  for (let from = 0; from < numbers.length; from += AT_ONCE) {
    const filter = oneOf('number', numbers.slice(from, from + AT_ONCE))
    for (const { number } of await find<{ number: string }>(company, 'items', {
      filter,
      select: 'id,number',
    }))
      known.add(number.toUpperCase())
  }
  return known
}
