import type { PollDeclaration, PolledPage, RawMessage } from '../contracts/connector.ts'
import type { Store } from '../contracts/store.ts'
import { asHubError, HubError } from '../errors/hub-error.ts'
import { messagePriority } from '../inbox/priority.ts'
import { sleep } from '../kernel/clock.ts'
import { manifestFor } from '../kernel/manifest-for.ts'
import { type BackfillState, backfillOf, interrupted, newBackfill } from './backfill-state.ts'
import type { PollDeps, PollTarget } from './poll.ts'

export interface BackfillDeps extends Omit<PollDeps, 'store'> {
  store: Pick<Store, 'cursors' | 'upkeep'>
  /** Pages wait while more messages than this wait for their translation: webhooks must find room in the inbox. */
  mostPending: number
}

export interface BackfillRequest extends PollTarget {
  /** What changed at this time or later, epoch milliseconds. */
  since: number
  /** What changed before this time. */
  until?: number
  /** Aborted: it ends with its page, and the same request goes on there. */
  signal: AbortSignal
  onProgress?(state: BackfillState): void
  /** It waits until the hub has translated more: so many messages are not yet. */
  onWait?(pending: number): void
}

export interface BackfillReport extends BackfillState {
  /** It went on with one that was interrupted. */
  resumed: boolean
}

/** With no page between them; then the partner is really away. */
const MOST_FAILURES = 10
const PAUSE_MS = 30_000
const ROOM_MS = 1_000

/**
 * Reads a feed from a time on, as its poll does, beside the poll: with a cursor of its own and behind everything else.
 * Messages have the dedupe keys that the poll gives them, so what the hub knows already costs nothing, and neither does a
 * second run. A page's cursor is saved after its messages: a process that dies goes on where it was.
 */
export async function backfill(deps: BackfillDeps, request: BackfillRequest): Promise<BackfillReport> {
  const run = await begin(deps, request)
  const { signal } = request
  for (let failures = 0; !run.state.finished && !signal.aborted; ) {
    const { cursor } = run.state
    try {
      await readOn(run)
    } catch (thrown) {
      if (signal.aborted) break
      failures = run.state.cursor === cursor ? failures + 1 : 1
      await pauseAfter(run, asHubError(thrown), failures)
    }
  }
  return { ...run.state, resumed: run.resumed }
}

/** The declaration of a feed that can be read from a time on; throws `INPUT_INVALID` for any other. */
export function backfillable({ connection, connector, resource }: PollTarget): {
  cursorAt: NonNullable<PollDeclaration['cursorAt']>
} {
  const { polls = {} } = manifestFor(connector.manifest, connection)
  const declared = polls[resource]
  if (declared?.cursorAt) return { cursorAt: declared.cursorAt }
  const can = Object.entries(polls).flatMap(([name, poll]) => (poll.cursorAt ? name : []))
  const why = declared ? 'can only be read whole, not from a time on' : 'is not polled there'
  throw new HubError('INPUT_INVALID', {
    detail: `“${resource}” of ${connector.manifest.name} ${why}. It can backfill: ${can.join(', ') || 'nothing'}.`,
  })
}

interface Run {
  deps: BackfillDeps
  request: BackfillRequest
  state: BackfillState
  resumed: boolean
}

async function begin(deps: BackfillDeps, request: BackfillRequest): Promise<Run> {
  const { connection, resource, since, until = null } = request
  const { cursorAt } = backfillable(request)
  const before = interrupted(await deps.store.cursors.get(connection.id, backfillOf(resource)), since, until)
  const state = before ?? newBackfill(since, until, cursorAt(since))
  return { deps, request, state, resumed: before !== undefined }
}

async function readOn(run: Run): Promise<void> {
  const { deps, request } = run
  const { connection, connector, resource, signal } = request
  const context = deps.contextFor(connection, signal, { priority: messagePriority(undefined, 'backfill') })
  for await (const page of connector.poll!(resource, run.state.cursor, context)) {
    await room(run)
    await land(run, page)
    if (signal.aborted) return
    if (isPast(request, page)) break
  }
  await save(run, { finished: true })
}

/** Waits until the hub has caught up: a backfill is not to close the inbox to live traffic. */
async function room({ deps, request }: Run): Promise<void> {
  for (;;) {
    const pending = await deps.store.upkeep.pendingMessages()
    if (pending <= deps.mostPending) return
    request.onWait?.(pending)
    await sleep(deps.clock, ROOM_MS, request.signal)
  }
}

async function land(run: Run, page: PolledPage): Promise<void> {
  const { deps, request, state } = run
  const wanted = page.messages.filter(message => isWanted(request, message))
  const { stored } = await deps.accept(request.connection, 'backfill', wanted, deps.clock.now())
  await save(run, {
    cursor: page.cursor,
    received: state.received + wanted.length,
    stored: state.stored + stored,
    leftOut: state.leftOut + page.messages.length - wanted.length,
  })
  await page.done?.()
}

async function save(run: Run, change: Partial<BackfillState>): Promise<void> {
  const { deps, request } = run
  run.state = { ...run.state, ...change }
  await deps.store.cursors.put({
    connection: request.connection.id,
    resource: backfillOf(request.resource),
    value: JSON.stringify(run.state),
    updatedAt: deps.clock.now(),
  })
  request.onProgress?.(run.state)
}

function isWanted({ until, resource }: BackfillRequest, { changedAt }: RawMessage): boolean {
  if (until === undefined) return true
  if (changedAt !== undefined) return changedAt < until
  throw new HubError('INPUT_INVALID', {
    detail: `“${resource}” does not say when its records changed: it can only be read up to now.`,
  })
}

/** Only a list that is sorted by change tells how far it is. */
const isPast = ({ until }: BackfillRequest, { reached }: PolledPage): boolean =>
  until !== undefined && reached !== undefined && reached >= until

/** What passes by itself is waited for; everything else is for the one who asked. */
async function pauseAfter({ deps, request }: Run, error: HubError, failures: number): Promise<void> {
  const passes = error.recovery === 'wait' || error.recovery === 'retry'
  if (!passes || failures >= MOST_FAILURES) throw error
  await sleep(deps.clock, error.retryAfterMs ?? PAUSE_MS, request.signal).catch(() => undefined)
}
