import type { ConnectorContext, SharedCall } from '../contracts/connector.ts'
import { HubError } from '../errors/hub-error.ts'
import { type Answer, Batches } from '../kernel/batches.ts'
import { type Clock, sleep } from '../kernel/clock.ts'
import type { Locks } from './shared-state.ts'

export interface TogetherDeps {
  locks: Locks
  clock: Clock
  random: () => number
  /** Longer than a call may take: a process that dies in one keeps the others waiting for so long. */
  longestMs: number
}

type Together = ConnectorContext['together']

const MAX_ITEMS = 100
/** How often those who wait for their turn look. */
const LOOK_MS = 50

/** One call at a time for each connection and name; what arrives meanwhile goes out with the next. */
export function createTogether({
  locks,
  clock,
  random,
  longestMs,
}: TogetherDeps): (connection: string) => Together {
  const gathering = new Map<string, Batches<unknown, unknown>>()

  async function under<T>(name: string, work: () => Promise<T>): Promise<T> {
    for (;;) {
      const lock = await locks.acquire(name, longestMs)
      if ('token' in lock)
        try {
          return await work()
        } finally {
          await locks.release(name, lock.token)
        }
      await sleep(clock, Math.min(lock.waitMs, LOOK_MS * (1 + random())))
    }
  }

  function batchesOf<Item, Result>(
    connection: string,
    call: SharedCall<Item, Result>,
  ): Batches<unknown, unknown> {
    const key = `${connection} ${call.name}`
    const known = gathering.get(key)
    if (known) return known
    const made = new Batches<{ item: Item; call: SharedCall<Item, Result> }, Result>({
      maxItems: call.max ?? MAX_ITEMS,
      async run(asked) {
        const send = () => asked[0]!.call.send(asked.map(({ item }) => item))
        const { alone } = asked[0]!.call
        const answers = await (alone === undefined ? send() : under(`together:${connection} ${alone}`, send))
        return index => answerOf(answers, index)
      },
    }) as unknown as Batches<unknown, unknown>
    gathering.set(key, made)
    return made
  }

  return connection =>
    <Item, Result>(item: Item, call: SharedCall<Item, Result>): Promise<Result> =>
      batchesOf(connection, call).ask({ item, call }) as Promise<Result>
}

function answerOf<Result>(answers: readonly (Result | Error)[], index: number): Answer<Result> {
  if (index >= answers.length)
    return {
      error: new HubError('PARTNER_ANSWER_INVALID', { detail: 'A shared call left an item unanswered.' }),
    }
  const answer = answers[index]!
  return answer instanceof Error ? { error: answer } : { result: answer }
}
