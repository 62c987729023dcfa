import type { Node } from './to-record.ts'

/**
 * An 846 as one record for each item and place: an item that stands there several times (a line for each lot) is one record
 * with all its `items`. Quantities may stand at the item or at places of its own (N1 inside LIN).
 */
export function stocksOf(record: Node): Node[] {
  const { LIN, ...header } = record
  const stocks = new Map<string, Node & { items: Node[] }>()
  for (const item of nodes(LIN)) {
    const places = nodes(item['N1']).filter(place => nodes(place['QTY']).length > 0)
    const { N1, ...bare } = item
    const own = nodes(item['QTY']).length > 0 || places.length === 0
    const parts = [
      ...(own ? [{ place: nodes(N1)[0], item: bare }] : []),
      ...places.map(place => ({ place, item: { ...bare, QTY: place['QTY'] } })),
    ]
    for (const part of parts) {
      const key = JSON.stringify([idsWithoutLot(item), part.place?.['N104'] ?? part.place?.['N102'] ?? ''])
      const known = stocks.get(key)
      if (known) known.items.push(part.item)
      else
        stocks.set(key, {
          ...header,
          ...(part.place ? { place: withoutQuantities(part.place) } : {}),
          items: [part.item],
        })
    }
  }
  return [...stocks.values()]
}

function idsWithoutLot({ ids }: Node): unknown {
  const { LT: _lot, ...rest } = (ids ?? {}) as Node
  return Object.entries(rest).sort(([one], [other]) => (one < other ? -1 : 1))
}

function withoutQuantities({ QTY: _quantities, ...place }: Node): Node {
  return place
}

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : [])
