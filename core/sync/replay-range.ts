import type { RecordAct } from '../accounts/audit.ts'
import type { Directory } from '../accounts/directory.ts'
import type { Principal } from '../accounts/roles.ts'
import type { MessageFilter, MessageSummary } from '../contracts/store.ts'
import { replayLetter } from '../deadletter/replay.ts'
import type { SubjectDeps } from '../deadletter/subject.ts'
import { HubError } from '../errors/hub-error.ts'
import { messagePriority } from '../inbox/priority.ts'
import { deadLetterId } from '../kernel/ids.ts'
import type { MappingCatalogue } from '../mapping/catalogue/mapping-catalogue.ts'
import { holdingPlan } from './holding-plan.ts'
import { newestMessages } from './newest-messages.ts'

export interface ReplayRangeDeps extends SubjectDeps {
  catalogue: MappingCatalogue
  directory: Pick<Directory, 'get' | 'list'>
  record: RecordAct
}

export interface ReplayRangeRequest {
  mapping: string
  /** Received at this time or later. */
  from?: number
  /** Received before this time. */
  to?: number
  /** Of this connection only. */
  connection?: string
  /** Counts only. */
  dryRun?: boolean
  /** How many become due in a second. */
  ratePerSecond?: number
  /** Aborted: what is reopened so far stays so. */
  signal: AbortSignal
}

export interface ReplayRangeReport {
  /** Messages of the range that were translated before. */
  matched: number
  replayed: number
  /** Ids of those that a worker holds right now, at most 100: call again for them. */
  taken: string[]
  /** When the last of them becomes due, epoch milliseconds. */
  lastDueAt: number | null
}

/**
 * Translates the messages of a range again under the mapping that holds now, newest first: what is older than its
 * document ends stale, the newest makes a new revision where its content differs. Live messages go first: the rate is
 * kept by spreading the times at which the work becomes due, in the store.
 */
export type ReplayRange = (request: ReplayRangeRequest, actor: Principal) => Promise<ReplayRangeReport>

const DEFAULT_RATE = 200
const TOGETHER = 50
const MOST_TAKEN = 100

/** Those beyond are found by the sweeper when they are due: live jobs must find room in the queue. */
const MOST_QUEUED = 2_000

export const createReplayRange =
  (deps: ReplayRangeDeps): ReplayRange =>
  async (request, actor) => {
    const { mapping, from, to, connection, dryRun, signal } = request
    const run: Run = { deps, request, actor, start: deps.clock.now(), report: emptyReport() }
    try {
      for await (const batch of batchesOf(run)) {
        const before = run.report.matched
        run.report.matched += batch.length
        if (!dryRun) await Promise.all(batch.map((message, at) => replayOne(run, message, before + at)))
        if (signal.aborted) break
      }
    } finally {
      const { matched, replayed } = run.report
      const detail = { from, to, connection, matched, replayed }
      if (!dryRun) await deps.record(actor, { action: 'mapping.replay', subject: mapping, detail })
    }
    return run.report
  }

interface Run {
  deps: ReplayRangeDeps
  request: ReplayRangeRequest
  actor: Principal
  start: number
  report: ReplayRangeReport
}

const emptyReport = (): ReplayRangeReport => ({ matched: 0, replayed: 0, taken: [], lastDueAt: null })

/** What was translated by this mapping. What is pending will be anyhow; what an operator gave up stays given up. */
async function* batchesOf({ deps, request, actor, report }: Run): AsyncGenerator<MessageSummary[]> {
  const { mapping, from, to, connection } = request
  const topics = await topicsOf(deps, request)
  const connections = new Map((await deps.directory.list()).map(one => [one.id, one]))
  const filters: MessageFilter[] = topics.map(topic => ({
    topic,
    connection,
    tenant: actor.tenant,
    from,
    to,
  }))
  let batch: MessageSummary[] = []
  for await (const message of newestMessages(deps.store.messages, filters)) {
    const source = connections.get(message.connection)
    if (!source || holdingPlan(deps.catalogue, source, message.topic)?.id !== mapping) continue
    if (message.state === 'pending' && message.claims > 0) noteTaken(report, message.id)
    if (message.state === 'pending' || message.state === 'discarded') continue
    batch.push(message)
    if (batch.length < TOGETHER) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** As it holds for the connection, if one is given. */
async function topicsOf({ catalogue, directory }: ReplayRangeDeps, request: ReplayRangeRequest) {
  const { mapping, connection } = request
  const source = connection === undefined ? undefined : await directory.get(connection)
  if (source === null) throw new HubError('CONNECTION_UNKNOWN', { detail: `Connection “${connection}”.` })
  const plan = catalogue.compiled(mapping, source)?.plan
  if (!plan) throw new HubError('NOT_FOUND', { detail: `Mapping “${mapping}”.` })
  if (plan.target === null)
    throw new HubError('INPUT_INVALID', {
      detail: `“${mapping}” maps what goes out; messages are what came in.`,
    })
  return plan.topics
}

async function replayOne(run: Run, message: MessageSummary, n: number): Promise<void> {
  const { deps, request, start, report } = run
  const dueAt = start + Math.floor((n * 1_000) / (request.ratePerSecond ?? DEFAULT_RATE))
  if (!(await reopened(run, message, dueAt))) return noteTaken(report, message.id)
  report.replayed += 1
  report.lastDueAt = Math.max(report.lastDueAt ?? 0, dueAt)
  if (report.replayed > MOST_QUEUED) return
  const delay = Math.max(0, dueAt - deps.clock.now())
  await deps.queue.enqueue('translate', message.id, {
    delay,
    priority: messagePriority(undefined, 'backfill'),
  })
}

/** A dead message has a letter, which is closed as by any other replay. False while a worker holds the message. */
async function reopened({ deps, actor }: Run, { id, state }: MessageSummary, at: number): Promise<boolean> {
  const letter = state === 'dead' ? await deps.store.deadLetters.get(deadLetterId('message', id)) : null
  if (letter?.state !== 'open') return deps.store.messages.reopen(id, at)
  try {
    return (await replayLetter(deps, letter, { actor, at })) === 'replayed'
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.code === 'STATE_CONFLICT') return false
    throw thrown
  }
}

function noteTaken({ taken }: ReplayRangeReport, id: string): void {
  if (taken.length < MOST_TAKEN) taken.push(id)
}
