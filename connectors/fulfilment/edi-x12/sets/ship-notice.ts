import type { Node } from './to-record.ts'

interface Level {
  node: Node
  kind: string
  parent: string | undefined
}

/**
 * The tree of an 856 (HL01 its own number, HL02 that of its parent, HL03 what it is) as a record for each order: the shipment’s
 * segments, the order’s, its packs and its items. Packs may stand above the items (pick and pack), below them (standard
 * pack) or be missing; an item knows its packs by their number.
 */
export function noticesOf(record: Node): Node[] {
  const levels = new Map(
    nodes(record['HL']).map(node => [
      String(node['HL01']),
      { node, kind: String(node['HL03'] ?? ''), parent: text(node['HL02']) },
    ]),
  )
  const { HL: _flat, ...rest } = record
  const all = [...levels]
  const shipment = all.find(([, { kind }]) => kind === 'S')?.[1].node
  const orders = all.filter(([, { kind }]) => kind === 'O').map(([id]) => id)
  const shared = { ...rest, shipment: bare(shipment) }
  if (orders.length === 0) return [{ ...shared, orders: '0', ...contents(levels, () => true) }]
  return orders.map(order => ({
    ...shared,
    orders: String(orders.length),
    order: bare(levels.get(order)!.node),
    ...contents(levels, id => belongs(levels, id, order, orders)),
  }))
}

/** Under the order, or above it and under no other (a tare that holds one order). */
function belongs(
  levels: ReadonlyMap<string, Level>,
  id: string,
  order: string,
  orders: readonly string[],
): boolean {
  const above = ancestors(levels, id)
  if (above.some(one => orders.includes(one))) return above.includes(order)
  return ancestors(levels, order).includes(id) || orders.length === 1
}

function contents(levels: ReadonlyMap<string, Level>, mine: (id: string) => boolean): Node {
  const ids = [...levels.keys()].filter(mine)
  const ofKind = (kinds: readonly string[]) => ids.filter(id => kinds.includes(levels.get(id)!.kind))
  const packs = ofKind(PACKS)
  const items = ofKind(ITEMS).map(id => {
    const around = ancestors(levels, id).filter(one => packs.includes(one))
    const below = packs.filter(pack => ancestors(levels, pack).includes(id))
    const pack = around[0] ?? below[0]
    return { ...bare(levels.get(id)!.node), ...(pack === undefined ? {} : { pack }) }
  })
  return { packs: packs.map(id => ({ id, ...bare(levels.get(id)!.node) })), items }
}

const PACKS: readonly string[] = ['P', 'T']
const ITEMS: readonly string[] = ['I', 'F', 'D']

/** Nearest first; a tree that bites its own tail ends. */
function ancestors(levels: ReadonlyMap<string, Level>, id: string): string[] {
  const above: string[] = []
  for (let at = levels.get(id)?.parent; at !== undefined && !above.includes(at); at = levels.get(at)?.parent)
    above.push(at)
  return above
}

function bare(node: Node | undefined): Node {
  const { HL01: _id, HL02: _parent, HL03: _kind, HL04: _has, ...rest } = node ?? {}
  return rest
}

const nodes = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : [])

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
