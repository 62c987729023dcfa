import type { X12Segment } from '../../../sdk/index.ts'
import type { Place } from './layout.ts'

/** A record of the same form that is read, from an outgoing mapping: numbers and texts by element, loops inside. */
export type Outgoing = Readonly<Record<string, unknown>>

/** The segments of a record in the order of the layout. Elements that are missing are empty, those at the end are left out. */
export function fromRecord(record: Outgoing, places: readonly Place[]): X12Segment[] {
  return places.flatMap(place =>
    nodesOf(record[place.id]).flatMap(node => {
      const elements = elementsOf(place.id, node)
      const inside = fromRecord(node, place.inside)
      return elements.length > 0 || inside.length > 0 ? [{ id: place.id, elements }, ...inside] : []
    }),
  )
}

const nodesOf = (value: unknown): Outgoing[] =>
  [value].flat().filter((one): one is Outgoing => typeof one === 'object' && one !== null)

function elementsOf(id: string, node: Outgoing): string[] {
  const elements: string[] = []
  for (const [name, value] of Object.entries(node)) {
    const nth = name.startsWith(id) ? /^\d\d$/.exec(name.slice(id.length)) : null
    if (nth && value !== null && value !== '' && typeof value !== 'object')
      elements[Number(nth[0]) - 1] = String(value)
  }
  return Array.from(elements, element => element ?? '')
}
