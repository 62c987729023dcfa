import assert from 'node:assert/strict'
import type { Feed } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { Bench } from '../bench/bench.ts'
import type { CheckGroup, Kit } from '../kit.ts'
import { canPoll, drained, eachFeed, lost, seeded } from '../support/drained.ts'
import { assertNone } from '../support/none.ts'
import { MANY, pageSize, threePages } from '../support/page-size.ts'
import { repeatFirstAnswer } from '../support/repeated-answer.ts'
import { problemText, translated } from '../support/translated.ts'

/** Requests after which a list goes round in circles: each of its records may have been asked for one by one. */
const MOST_REQUESTS = 3 * MANY

/** How many records a new account already has. */
async function existing(kit: Kit, feed: Feed): Promise<number> {
  const { messages } = await drained(kit, await kit.open(), { feed })
  return messages.length
}

async function assertAllRead(kit: Kit, feed: Feed, count: number): Promise<void> {
  const bench = await kit.open()
  const ids = await seeded(bench, feed, count)
  const { messages } = await drained(kit, bench, { feed })
  const missing = lost(ids, messages)
  assertNone(missing, `poll.ts: of ${count} records of ${feed}, ${missing.length} are not read.`)
}

export const paging: CheckGroup = {
  name: 'paging',
  checks: [
    {
      name: 'a list without changes ends and has a cursor to go on with',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          const bench = await kit.open()
          const { pages, cursor } = await drained(kit, bench, { feed })
          assert.ok(pages.length < 3, `poll.ts: ${feed} gives ${pages.length} pages where nothing is.`)
          const again = await drained(kit, bench, { feed, cursor })
          assert.ok(again.pages.length < 3, `poll.ts: ${feed} does not end from the cursor of an empty list.`)
        }),
    },
    {
      name: 'all records of one page are read, and of three',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          await assertAllRead(kit, feed, 3)
          await assertAllRead(kit, feed, await threePages(kit, feed))
        }),
    },
    {
      name: 'a last page that is exactly full is the last',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          const size = await pageSize(kit, feed)
          if (size === null) return `${MANY} records of ${feed} come in one page.`
          const first = await existing(kit, feed)
          for (const count of [size, 2 * size])
            if (count > first) await assertAllRead(kit, feed, count - first)
          return undefined
        }),
    },
    {
      name: 'a page that comes again and again ends with an error',
      applies: canPoll,
      run: kit => eachFeed(kit, feed => assertEnds(kit, feed)),
    },
    {
      name: 'a list that changes while it is read loses nothing',
      applies: canPoll,
      run: kit => eachFeed(kit, feed => assertNothingLost(kit, feed)),
    },
    {
      name: 'a polled record becomes a document under its declared topic',
      applies: canPoll,
      run: kit =>
        eachFeed(kit, async feed => {
          const bench = await kit.open()
          await seeded(bench, feed, 3)
          const { messages } = await drained(kit, bench, { feed })
          const topic = kit.manifest.polls?.[feed]?.topic
          for (const message of messages) {
            assert.ok(
              !topic || message.topic === topic,
              `poll.ts: ${feed} gives ${message.topic}, declared is ${topic}.`,
            )
            for (const result of await translated(kit, bench, message, 'poll'))
              assert.ok(
                result.outcome !== 'problems',
                result.outcome === 'problems' ? `${message.topic}: ${problemText(result.problems)}` : '',
              )
          }
        }),
    },
  ],
}

async function assertEnds(kit: Kit, feed: Feed): Promise<string | undefined> {
  const bench = await kit.open()
  if (!bench.proxy) return 'The partner is not spoken to over HTTP.'
  await seeded(bench, feed, await threePages(kit, feed))
  repeatFirstAnswer(kit, bench)
  try {
    const { pages } = await drained(kit, bench, {
      feed,
      onPage: () => (bench.proxy!.requests.length > MOST_REQUESTS ? 'stop' : undefined),
    })
    assert.ok(
      bench.proxy.requests.length <= MOST_REQUESTS && pages.length < 50,
      `poll.ts: ${feed} goes round in circles when the partner gives one page for ever; read lists with pagesOf.`,
    )
  } catch (thrown) {
    if (!(thrown instanceof HubError)) throw thrown
  }
  return undefined
}

async function assertNothingLost(kit: Kit, feed: Feed): Promise<string | undefined> {
  const bench = await kit.open()
  const ids = await seeded(bench, feed, await threePages(kit, feed))
  if (!bench.simulator?.touch) return 'conformance.ts: the simulator has no `touch`.'
  const first = await drained(kit, bench, {
    feed,
    onPage: (_page, nth) => (nth === 1 ? touchSome(bench, feed, ids) : undefined),
  })
  bench.clock.jump(SETTLED)
  const second = await drained(kit, bench, { feed, cursor: first.cursor })
  const all = [...first.messages, ...second.messages]
  const missing = lost(ids, all)
  assertNone(
    missing,
    `poll.ts: ${missing.length} records of ${feed} slip between two pages when others change meanwhile; page by continuation or by time, not by number.`,
  )
  return undefined
}

const SETTLED = 30 * 60_000

/** Records of the first page move to the end of the list, so that everything behind them moves forward. */
function touchSome(bench: Bench, feed: Feed, ids: readonly string[]): undefined {
  for (const id of ids.slice(0, 7)) bench.simulator?.touch?.(feed, id, bench.clock.now())
}
