import assert from 'node:assert/strict'
import type { CheckGroup } from '../kit.ts'
import { canPoll, drained, eachFeed, keysOf, lost, SETTLE_MS, seeded } from '../support/drained.ts'
import { assertNone } from '../support/none.ts'
import { threePages } from '../support/page-size.ts'

export const cursor: CheckGroup = {
  name: 'cursor',
  checks: [
    {
      name: 'a run that dies before its cursor is saved reads the same again, under the same keys',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          const bench = await kit.open()
          await seeded(bench, feed, 5)
          const died = await drained(kit, bench, { feed, onPage: () => 'stop' })
          bench.clock.jump(SETTLE_MS)
          const again = new Set(keysOf((await drained(kit, bench, { feed })).messages))
          const other = keysOf(died.messages).filter(key => !again.has(key))
          assertNone(
            other,
            `poll.ts: ${feed} gives an unchanged record another dedupe key (or not at all) when it is read again.`,
          )
        }),
    },
    {
      name: 'a run goes on where the page before it ended',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          const bench = await kit.open()
          const ids = await seeded(bench, feed, await threePages(kit, feed))
          let saved: string | null = null
          const died = await drained(kit, bench, {
            feed,
            onPage(page, nth) {
              if (nth === 1) saved = page.cursor
              return nth === 2 ? 'stop' : undefined
            },
          })
          const rest = await drained(kit, bench, { feed, cursor: saved })
          const missing = lost(ids, [...(died.pages[0] ?? []), ...rest.messages])
          assertNone(missing, `poll.ts: ${feed} loses ${missing.length} records when a run is interrupted.`)
        }),
    },
    {
      name: 'two records of one second are both read, though the second comes later',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          const bench = await kit.open()
          const at = bench.clock.now() - (bench.clock.now() % 1_000)
          assert.ok(
            bench.simulator?.seed,
            'conformance.ts: the simulator has no `seed`, and the connector polls.',
          )
          await bench.simulator.seed(feed, 1, at)
          bench.clock.jump(SETTLE_MS)
          const first = await drained(kit, bench, { feed })
          const late = await bench.simulator.seed(feed, 1, at)
          bench.clock.jump(1_000)
          const second = await drained(kit, bench, { feed, cursor: first.cursor })
          assertNone(
            lost(late, second.messages),
            `poll.ts: ${feed} asks for changes after the newest one seen; ask from it on, the keys take care of the rest.`,
          )
        }),
    },
    {
      name: 'a second run without changes brings nothing new',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          const bench = await kit.open()
          await seeded(bench, feed, 12)
          const first = await drained(kit, bench, { feed })
          const known = new Set(keysOf(first.messages))
          bench.clock.jump(SETTLE_MS)
          const second = await drained(kit, bench, { feed, cursor: first.cursor })
          const fresh = keysOf(second.messages).filter(key => !known.has(key))
          assertNone(fresh, `poll.ts: ${feed} gives unchanged records new dedupe keys.`)
        }),
    },
    {
      name: 'a change after the run is in the next one, under a new key',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          const bench = await kit.open()
          const ids = await seeded(bench, feed, 3)
          if (!bench.simulator?.touch) return 'conformance.ts: the simulator has no `touch`.'
          const first = await drained(kit, bench, { feed })
          bench.simulator.touch(feed, ids[0]!, bench.clock.now())
          bench.clock.jump(SETTLE_MS)
          const second = await drained(kit, bench, { feed, cursor: first.cursor })
          const known = new Set(keysOf(first.messages))
          const fresh = second.messages.filter(({ dedupeKey }) => !known.has(dedupeKey))
          assertNone(
            lost([ids[0]!], fresh),
            `poll.ts: a changed record of ${feed} is not read again, or has its old key.`,
          )
          return undefined
        }),
    },
  ],
}
