import type { Feed } from '#core/contracts/connector.ts'
import type { Conformance } from '../conformance.ts'
import type { Kit } from '../kit.ts'
import { drained, seeded } from './drained.ts'

/** More than one page of every partner that we know. */
export const MANY = 520

const sizes = new WeakMap<Conformance, Map<Feed, Promise<number | null>>>()

/** How many records a page holds; null where many fit into one. Asked once for each feed: every check needs it. */
export function pageSize(kit: Kit, feed: Feed): Promise<number | null> {
  const known = sizes.get(kit.conformance) ?? new Map<Feed, Promise<number | null>>()
  sizes.set(kit.conformance, known)
  const size = known.get(feed) ?? measuredSize(kit, feed)
  known.set(feed, size)
  return size
}

async function measuredSize(kit: Kit, feed: Feed): Promise<number | null> {
  const bench = await kit.open()
  await seeded(bench, feed, MANY)
  const { pages } = await drained(kit, bench, { feed })
  return pages.length > 1 ? Math.max(...pages.map(page => page.length)) : null
}

/** Records that fill two pages and begin a third. */
export async function threePages(kit: Kit, feed: Feed): Promise<number> {
  const size = await pageSize(kit, feed)
  return size === null ? MANY : Math.min(MANY, 2 * size + 1)
}
