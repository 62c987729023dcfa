import type { X12Segment } from '../../../sdk/index.ts'
import { instantOf } from './dates.ts'
import type { Place } from './layout.ts'
import { productIds } from './product-ids.ts'

/**
 * A segment and its loop: `W0602` is element 02 of W06, `at` the instant it tells of, `ids` its product ids by qualifier, the
 * rest by segment id.
 */
export type Node = { [member: string]: string | Node | Node[] | undefined }

export type SetRecord = Node & { others?: Node[] }

/**
 * The segments of a transaction set as a record that a mapping can read: each at its place in the layout, loops inside the
 * segment that opens them. A segment without a place stands in `others`.
 */
export function toRecord(
  segments: readonly X12Segment[],
  places: readonly Place[],
  offset: string,
): SetRecord {
  const record: SetRecord = {}
  const open: { node: Node; places: readonly Place[] }[] = [{ node: record, places }]
  const others: Node[] = []
  for (const segment of segments) {
    const node = nodeOf(segment, offset)
    const depth = findPlace(open, segment.id)
    const level = open[depth]
    const place = level?.places.find(({ id }) => id === segment.id)
    if (!level || !place) {
      others.push({ segment: segment.id, ...node })
      continue
    }
    add(level.node, place, node)
    open.length = depth + 1
    if (place.inside.length > 0) open.push({ node, places: place.inside })
  }
  if (others.length > 0) record.others = others
  return record
}

/** The innermost open loop that has room for the segment; −1 where none has. */
function findPlace(open: readonly { node: Node; places: readonly Place[] }[], id: string): number {
  for (let depth = open.length - 1; depth >= 0; depth--) {
    const place = open[depth]!.places.find(candidate => candidate.id === id)
    if (place && (place.many || !(id in open[depth]!.node))) return depth
  }
  return -1
}

function add(parent: Node, { id, many }: Place, node: Node): void {
  if (!many) {
    parent[id] = node
    return
  }
  const known = parent[id]
  if (Array.isArray(known)) known.push(node)
  else parent[id] = [node]
}

function nodeOf({ id, elements }: X12Segment, offset: string): Node {
  const node: Node = {}
  for (const [index, element] of elements.entries()) {
    const value = element.trim()
    if (value !== '') node[nameOf(id, index)] = value
  }
  const at = instantOf(id, elements, offset)
  if (at !== undefined) node['at'] = at
  const ids = productIds(id, elements)
  if (ids) node['ids'] = ids
  return node
}

/** `W06`, 1 → `W0602`, as people write it. */
export const nameOf = (id: string, index: number): string => `${id}${String(index + 1).padStart(2, '0')}`
