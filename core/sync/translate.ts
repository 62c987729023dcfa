import type { Directory, LiveConnection } from '../accounts/directory.ts'
import type { Marks } from '../accounts/privacy/marks.ts'
import type { Connector, ConnectorContext, Manifest } from '../contracts/connector.ts'
import type { Mapper, Plan, RunProblem } from '../contracts/mapper.ts'
import type { Handler, Queue } from '../contracts/queue.ts'
import type { DocumentCandidate, Message, MessageOutcome, MessageState, Store } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import type { Park } from '../deadletter/park.ts'
import { asHubError, HubError } from '../errors/hub-error.ts'
import { type ErrorCode, isErrorCode } from '../errors/register.ts'
import type { StockKeeper } from '../inventory/keeper.ts'
import type { Clock } from '../kernel/clock.ts'
import type { NewId } from '../kernel/ids.ts'
import { manifestFor } from '../kernel/manifest-for.ts'
import type { Probe } from '../kernel/probe.ts'
import type { ConnectionScope } from '../mapping/catalogue/mapping-catalogue.ts'
import type { NoteLanded } from '../orchestration/note-landed.ts'
import { type WorkInHand, workInHand } from '../resilience/work-in-hand.ts'
import { type AnswerPrivacy, endedBefore } from './answer-privacy.ts'
import { decide } from './decide.ts'
import { isEcho } from './echo.ts'
import { isFirstReading } from './first-reading.ts'
import { type Inspect, interpret, recordsOf, type Source } from './interpret.ts'
import { LATE, land } from './land.ts'
import { type Referring, resolveReferences } from './references.ts'
import { stillWaiting } from './still-waiting.ts'
import type { PlanDeliveries } from './wanted.ts'

export interface TranslateDeps {
  store: Store
  queue: Queue
  telemetry: Telemetry
  clock: Clock
  newId: NewId
  random: () => number
  probe: Probe
  directory: Directory
  connectors: ReadonlyMap<string, Connector>
  /** The plan for a topic of this connection, with its tenant's and its own overlays. */
  planFor(connection: ConnectionScope, topic: string): Plan | undefined
  mapper: Mapper
  inspect: Inspect
  /** Sees every record as the partner sent it, before it is mapped. Never throws. */
  observe?(source: Source, record: unknown): void
  planDeliveries: PlanDeliveries
  noteLanded?: NoteLanded
  /** The ledger of stock, likewise. */
  stock?: Pick<StockKeeper, 'landed'>
  /** Who was erased and must not come back. */
  forgotten: Pick<Marks, 'covers'>
  /** Does what a partner asks for in the name of a person. */
  answerPrivacy: AnswerPrivacy
  park: Park
  /** The dead letter of a message that succeeded after all is resolved. */
  resolve(kind: 'message', subject: string): Promise<unknown>
  /** `work`: what its calls are for. */
  contextFor(connection: LiveConnection, signal: AbortSignal, work?: WorkInHand): ConnectorContext
  leaseMs: number
  /** How long a message waits for a document that it depends on. */
  dependencyWaitMs: number
  crashLimit: number
}

/** How a message ended well. */
export interface Ended {
  state: Extract<MessageState, 'done' | 'skipped' | 'stale' | 'dead'> | 'pending'
  /** Of `pending`: there is more to do, from this time on. */
  nextAt?: number
  reason?: ErrorCode
  detail?: string
  documents: string[]
}

/**
 * Message → document: decode, map, validate, upsert if newer, plan deliveries. Every write is safe to repeat, so a
 * process may die between any two of them and the next translation of the same message ends the same.
 */
export function createTranslate(deps: TranslateDeps): Handler {
  const { store, clock } = deps

  return async (id, signal) => {
    const started = clock.now()
    const token = deps.newId()
    const message = await store.messages.claim(id, { token, now: started, until: started + deps.leaseMs })
    if (!message) return
    await deps.probe('translate:claimed', id)
    const recount = (claims: number) => store.messages.recount(id, token, claims)
    const work = workInHand({ ...message, recount, clock })
    const contextOf = (connection: LiveConnection) => deps.contextFor(connection, signal, work)
    let outcome: MessageOutcome
    try {
      if (message.claims > deps.crashLimit)
        throw new HubError('CRASH_LOOP', { detail: `${message.claims - 1} times.` })
      const ended = await translate(deps, message, contextOf)
      outcome = settled(ended, clock.now(), started)
    } catch (thrown) {
      outcome = await failed(deps, message, asHubError(thrown), started)
    }
    await store.messages.settle(id, token, outcome)
    report(deps, message, outcome)
    const repeated = message.attempts.length > 1
    if (repeated && outcome.state !== 'pending' && outcome.state !== 'dead') await deps.resolve('message', id)
  }
}

async function translate(
  deps: TranslateDeps,
  message: Message,
  contextOf: (connection: LiveConnection) => ConnectorContext,
): Promise<Ended> {
  if (message.erased) return endedBefore(deps.store, message)
  const connection = await deps.directory.get(message.connection)
  const connector = connection && deps.connectors.get(connection.connector)
  if (!connection || !connector)
    throw new HubError('CONNECTION_UNKNOWN', { detail: `Connection “${message.connection}”.` })
  const decoded = await recordsOf(connector, message, () => contextOf(connection))
  if ('skip' in decoded && decoded.privacy)
    return deps.answerPrivacy(message, decoded.privacy, decoded.detail)
  if ('skip' in decoded)
    return { state: 'skipped', reason: skipCode(decoded.skip), detail: decoded.detail, documents: [] }
  const plan = deps.planFor(connection, decoded.topic ?? message.topic)
  if (!plan)
    return { state: 'skipped', reason: 'TOPIC_IGNORED', detail: `Topic “${message.topic}”.`, documents: [] }

  const source = { message, connection, plan }
  if (isFirstReading(message)) for (const record of decoded.records) deps.observe?.(source, record)
  const records = decoded.records.map(record => toReferring(deps, source, record))
  const manifest = manifestFor(connector.manifest, connection)
  const results = await Promise.all(records.map(one => toCandidate(deps, one, { message, manifest })))
  const candidates = results.filter(
    (result): result is DocumentCandidate => typeof result !== 'string' && !(result instanceof HubError),
  )
  const landed = await Promise.all(candidates.map(candidate => land(deps, candidate)))
  // What waits for another document does not keep the other records waiting.
  const waiting = results.find(result => result instanceof HubError)
  if (waiting) throw waiting
  const documents = landed.flatMap(one => one.documents)
  const left = landed.filter(({ outcome }) => outcome !== 'erased')
  if (left.length < landed.length)
    await deps.store.erasure.erase('message', message.id, { at: deps.clock.now(), by: LATE })
  if (left.length === 0 && landed.length > 0) return { state: 'skipped', reason: 'ERASED', documents }
  if (left.some(({ outcome }) => outcome !== 'stale')) return { state: 'done', documents }
  if (landed.length > 0) return { state: 'stale', documents }
  const skip = results.find(result => typeof result === 'string')
  return { state: 'skipped', reason: skipCode(skip ?? 'SOURCE_SKIPPED'), documents: [] }
}

/** A candidate with its references, or the reason why the mapping leaves the record out. */
function toReferring(deps: TranslateDeps, source: Source, record: unknown): Referring | string {
  const interpreted = interpret(deps, source, record)
  if (interpreted.outcome === 'document') return interpreted
  if (interpreted.outcome === 'skipped') return interpreted.reason
  throw problemError(interpreted.problems, interpreted.document)
}

/** The candidate as it is to land, the reason why it is not to, or what it waits for. */
async function toCandidate(
  deps: TranslateDeps,
  one: Referring | string,
  { message, manifest }: { message: Message; manifest: Manifest },
): Promise<DocumentCandidate | HubError | string> {
  if (typeof one === 'string') return one
  try {
    const candidate = await resolveReferences(deps, one)
    return (await isEcho(deps, candidate, manifest)) ? 'ECHO' : candidate
  } catch (thrown) {
    const error = asHubError(thrown)
    if (error.code === 'DEPENDENCY_WAIT')
      return stillWaiting(error, deps.clock.now() - message.receivedAt, deps.dependencyWaitMs)
    throw thrown
  }
}

/** One error for all problems of a record; the first decides code and cause, because fixing it shows the rest. */
function problemError(problems: readonly RunProblem[], document: string | undefined): HubError {
  const first = problems[0]!
  const code = isErrorCode(first.code) ? first.code : 'DOCUMENT_INVALID'
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new HubError(code, { detail: `${first.message}${more}`, fingerprint: first.target, document })
}

const skipCode = (code: string): ErrorCode => (isErrorCode(code) ? code : 'SOURCE_SKIPPED')

const settled = (ended: Ended, now: number, started: number): MessageOutcome => ({
  state: ended.state,
  reason: ended.reason,
  ...(ended.nextAt !== undefined && { nextAt: ended.nextAt }),
  documents: ended.documents,
  attempt: {
    at: started,
    ms: now - started,
    phase: 'before-send',
    outcome: ended.state === 'dead' ? ended.reason : ended.state === 'pending' ? 'waiting' : ended.state,
    detail: ended.detail,
  },
})

async function failed(
  deps: TranslateDeps,
  message: Message,
  error: HubError,
  started: number,
): Promise<MessageOutcome> {
  const now = deps.clock.now()
  const attempt = {
    at: started,
    ms: now - started,
    phase: 'before-send' as const,
    outcome: error.code,
    detail: error.detail,
  }
  const decision = decide({
    ...message,
    error,
    phase: 'send',
    since: message.receivedAt,
    now,
    random: deps.random,
  })
  switch (decision.next) {
    case 'again':
      return { state: 'pending', nextAt: decision.nextAt, spend: decision.spend, attempt }
    case 'hold':
      return { state: 'pending', nextAt: now + HELD_RETRY_MS, spend: false, attempt }
    case 'skip':
      return { state: 'skipped', reason: error.code, attempt }
    case 'halt':
      throw error
    case 'park': {
      const { id: subject, tenant, connection, topic } = message
      await deps.park({
        kind: 'message',
        subject,
        tenant,
        connection,
        topic,
        document: error.document,
        error,
      })
      return { state: 'dead', reason: error.code, attempt }
    }
  }
}

/** A message whose fetch-back needs authorisation looks again this often; its webhook credentials still work. */
const HELD_RETRY_MS = 60_000

function report(deps: TranslateDeps, message: Message, { attempt, state, reason }: MessageOutcome): void {
  deps.telemetry.attempt({
    work: 'translate',
    id: message.id,
    tenant: message.tenant,
    connection: message.connection,
    topic: message.topic,
    phase: 'before-send',
    outcome: attempt.outcome ?? state,
    reason,
    detail: attempt.detail,
    ms: attempt.ms ?? 0,
    n: message.attempts.length,
  })
}
