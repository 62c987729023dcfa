import assert from 'node:assert/strict'
import type { Feed, PolledPage, RawMessage } from '#core/contracts/connector.ts'
import type { Bench } from '../bench/bench.ts'
import type { Kit } from '../kit.ts'

/** More pages than any check seeds. */
const MOST_PAGES = 400

/** Records are seeded in the past, because some partners leave out what is only seconds old. */
export const SETTLE_MS = 15 * 60_000

export interface Drained {
  messages: RawMessage[]
  /** Messages of each page. */
  pages: RawMessage[][]
  cursor: string | null
}

export interface DrainOf {
  feed: Feed
  cursor?: string | null
  /** Called when a page was taken; `stop`: the process dies here, before the page's cursor is saved. */
  onPage?(page: PolledPage, nth: number): 'stop' | undefined
}

/** One run of the poller: every page stored, then its cursor, then `done`. */
export async function drained(
  kit: Kit,
  bench: Bench,
  { feed, cursor = null, onPage }: DrainOf,
): Promise<Drained> {
  const result: Drained = { messages: [], pages: [], cursor }
  for await (const page of kit.connector.poll!(feed, cursor, bench.context)) {
    result.messages.push(...page.messages)
    result.pages.push(page.messages)
    assert.ok(result.pages.length <= MOST_PAGES, `poll.ts: ${feed} gives pages for ever.`)
    if (onPage?.(page, result.pages.length) === 'stop') return result
    assert.equal(typeof page.cursor, 'string', `poll.ts: a page of ${feed} has no cursor.`)
    result.cursor = page.cursor
    await page.done?.()
  }
  return result
}

/** Feeds that the manifest declares and the simulator can fill. */
export function feedsOf({ manifest }: Kit): Feed[] {
  return Object.keys(manifest.polls ?? {}) as Feed[]
}

/** The reason why checks of polls do not apply, or true. */
export function canPoll(kit: Kit): true | string {
  if (!kit.connector.poll) return 'The connector does not poll.'
  return kit.conformance.simulator ? true : 'conformance.ts has no `simulator`.'
}

/** Fills a feed; when it returns, the records are old enough to be given out. */
export async function seeded(bench: Bench, feed: Feed, count: number): Promise<readonly string[]> {
  assert.ok(bench.simulator?.seed, 'conformance.ts: the simulator has no `seed`, and the connector polls.')
  const at = bench.clock.now() - (bench.clock.now() % 1_000)
  const ids = await bench.simulator.seed(feed, count, at)
  bench.clock.jump(count * 1_000 + SETTLE_MS)
  return ids
}

/** Ids that stand in none of the messages. */
export const lost = (ids: readonly string[], messages: readonly RawMessage[]): string[] => {
  const words = new Set(
    messages.flatMap(({ body, dedupeKey }) => `${body} ${dedupeKey}`.match(/[\w-]+/g) ?? []),
  )
  return ids.filter(id => (id.match(/[\w-]+/g) ?? [id]).some(part => !words.has(part)))
}

export const keysOf = (messages: readonly RawMessage[]): string[] =>
  messages.map(({ dedupeKey }) => dedupeKey)

/** Runs a check for every feed; what it gives is why no feed could be checked. */
export async function eachFeed(
  kit: Kit,
  run: (feed: Feed) => Promise<string | undefined> | Promise<void>,
): Promise<string | undefined> {
  const reasons: (string | undefined)[] = []
  for (const feed of feedsOf(kit)) reasons.push((await run(feed)) ?? undefined)
  return reasons.every(reason => reason !== undefined) ? reasons[0] : undefined
}
