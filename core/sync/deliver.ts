import type { Directory, LiveConnection } from '../accounts/directory.ts'
import type { Connector, ConnectorContext, PushResult } from '../contracts/connector.ts'
import type { Handler, Queue } from '../contracts/queue.ts'
import type { Attempt, Delivery, DeliveryOutcome, Link, Store, StoredDocument } from '../contracts/store.ts'
import type { Telemetry } from '../contracts/telemetry.ts'
import type { Park } from '../deadletter/park.ts'
import { asHubError, HubError } from '../errors/hub-error.ts'
import type { StockKeeper } from '../inventory/keeper.ts'
import type { Clock } from '../kernel/clock.ts'
import type { NewId } from '../kernel/ids.ts'
import { manifestFor } from '../kernel/manifest-for.ts'
import type { Probe } from '../kernel/probe.ts'
import type { Orchestrate } from '../orchestration/orchestrate.ts'
import type { Breakers } from '../resilience/circuit-breaker.ts'
import { type WorkInHand, workInHand } from '../resilience/work-in-hand.ts'
import { decide } from './decide.ts'
import { missingDependency, readDependencies } from './dependencies.ts'
import { connectorOf, restOf } from './destination.ts'
import { followUp } from './follow-up.ts'
import { dueBeforeItLapses } from './lapse.ts'
import { reportDelivery } from './report-delivery.ts'
import { beginStockWrite, withFigure } from './stock-write.ts'
import { type Unsent, unsent } from './unsent.ts'

export interface DeliverDeps {
  store: Store
  queue: Queue
  telemetry: Telemetry
  clock: Clock
  newId: NewId
  random: () => number
  probe: Probe
  directory: Directory
  connectors: ReadonlyMap<string, Connector>
  breakers: Breakers
  park: Park
  /** The dead letter of a delivery that succeeded after all is resolved. */
  resolve(kind: 'delivery', subject: string): Promise<unknown>
  /** What of the document goes there now; throws what keeps it here. Without it, all of it. */
  orchestrate?: Orchestrate
  /** What the destination is sent: the document, or what its outgoing mapping makes of it. */
  outgoing(document: StoredDocument, destination: LiveConnection): Record<string, unknown>
  /** The ledger of stock, told how its own writes end and which orders a source of counts holds. */
  stock?: StockKeeper
  /** `work`: what its calls are for. */
  contextFor(connection: LiveConnection, signal: AbortSignal, work?: WorkInHand): ConnectorContext
  /** Stops every delivery to a connection until someone authorises it again. */
  unauthorize(connection: string, error: HubError): Promise<void>
  leaseMs: number
  dependencyWaitMs: number
  crashLimit: number
}

/** How far this attempt got. The connector moves it to `send` right before the first byte that may change something. */
interface Progress {
  phase: NonNullable<Attempt['phase']>
  /** End of the lease: nothing may begin to be sent after it. */
  until: number
  revision?: number
  /** The ledger of stock counts it as sent, and is told how it ended. */
  isStockWrite?: boolean
}

/** What one attempt has beside the delivery. */
interface Trying {
  progress: Progress
  begin: Unsent
  contextOf(destination: LiveConnection): ConnectorContext
}

type Ended =
  | { state: 'confirmed'; document: StoredDocument; result: PushResult; link: Link | null }
  | { state: 'waiting'; waitsFor: string; until: number }
  | { state: 'held'; why: HubError }

/**
 * Level-triggered: makes the destination hold the newest revision of the document. The claim is written before
 * anything runs (intent), the connector looks before it writes again what may have arrived (probe, write), the link is
 * stored before the confirmation: dying between any two of them costs a repetition, never a second record.
 */
export function createDeliver(deps: DeliverDeps): Handler {
  const { store, clock } = deps

  return async (id, signal) => {
    if (deps.breakers.openUntil(destinationOf(id)) !== null) return
    const started = clock.now()
    const token = deps.newId()
    const until = started + deps.leaseMs
    const delivery = await store.deliveries.claim(id, { token, now: started, until })
    if (!delivery) return
    await deps.probe('deliver:claimed', id)
    const progress: Progress = { phase: 'before-send', until }
    const begin = unsent(signal)
    const recount = (claims: number) => store.deliveries.recount(id, token, claims)
    const work = workInHand({ ...delivery, recount, clock })
    const contextOf = (destination: LiveConnection) => deps.contextFor(destination, begin.signal, work)
    let outcome: DeliveryOutcome
    try {
      outcome = await finish(
        deps,
        delivery,
        await deliver(deps, delivery, { progress, begin, contextOf }),
        started,
      )
    } catch (thrown) {
      outcome = await failed(deps, delivery, { error: asHubError(thrown), progress, started })
    } finally {
      begin.release()
    }
    await store.deliveries.settle(id, token, outcome)
    reportDelivery(deps, { delivery, outcome, ...progress })
    await followUp(deps, delivery, outcome)
  }
}

/** From the id, so that work of a resting destination is left alone without a write. */
const destinationOf = (id: string): string => id.slice(id.lastIndexOf('>') + 1)

async function deliver(
  deps: DeliverDeps,
  delivery: Delivery,
  { progress, begin, contextOf }: Trying,
): Promise<Ended> {
  const { store } = deps
  if (delivery.claims > deps.crashLimit)
    throw new HubError('CRASH_LOOP', { detail: `${delivery.claims - 1} times.` })
  const [destination, document, link] = await Promise.all([
    deps.directory.get(delivery.destination),
    store.documents.get(delivery.document),
    store.links.get(delivery.document, delivery.destination),
  ])
  const connector = connectorOf(deps.connectors, delivery, destination)
  if (!destination || !document)
    throw new HubError('NOT_FOUND', { detail: `Document “${delivery.document}”.` })
  if (document.erased) throw new HubError('ERASED', { detail: 'What was delivered before stays there.' })
  const rest = restOf(destination)
  if (rest) return { state: 'held', why: rest }
  progress.revision = document.revision
  const dependencies = await readDependencies(store, document, delivery.destination)
  const missing = missingDependency(document, dependencies, manifestFor(connector.manifest, destination))
  if (missing) return wait(deps, delivery, missing)

  const isThere = link !== null || delivery.confirmedRevision > 0
  const part = (await deps.orchestrate?.({ delivery, document, destination, isThere })) ?? document
  const write = await beginStockWrite(deps.stock, delivery)
  progress.isStockWrite = write !== undefined
  const body = deps.outgoing(withFigure(part, write), destination)
  await deps.probe('deliver:before-send', delivery.id)
  const result = await deps.breakers.run(destination.id, () =>
    connector.push(
      {
        resource: document.resource,
        key: document.key,
        revision: document.revision,
        body,
        externalId: link?.externalId ?? null,
        dependencies,
        uncertain: delivery.uncertain,
        idempotencyKey: document.id,
        expected: write?.expected,
        expectedSince: write?.since,
        sending: () => {
          // Whoever took the work over meanwhile sends: two at once would be two records, or the older revision last.
          if (deps.clock.now() >= progress.until) throw new HubError('LEASE_LAPSED')
          begin.sending()
          progress.phase = 'send'
        },
      },
      contextOf(destination),
    ),
  )
  progress.phase = 'after-send'
  await deps.probe('deliver:sent', delivery.id)
  return { state: 'confirmed', document, result, link }
}

function wait(deps: DeliverDeps, delivery: Delivery, waitsFor: string): Ended {
  const now = deps.clock.now()
  const deadline = delivery.wantedAt + deps.dependencyWaitMs
  if (now >= deadline) throw new HubError('DEPENDENCY_TIMEOUT', { detail: `It waited for ${waitsFor}.` })
  return { state: 'waiting', waitsFor, until: Math.min(deadline, now + LOOK_AGAIN_MS) }
}

/** A waiting delivery is woken by its dependency; this only bounds the harm of a wake-up that a crash swallowed. */
const LOOK_AGAIN_MS = 60_000

async function finish(
  deps: DeliverDeps,
  delivery: Delivery,
  ended: Ended,
  started: number,
): Promise<DeliveryOutcome> {
  const now = deps.clock.now()
  const attempt: Attempt = { at: started, ms: now - started, outcome: ended.state }
  if (ended.state === 'waiting')
    return {
      state: 'waiting',
      waitsFor: ended.waitsFor,
      nextAt: ended.until,
      attempt: { ...attempt, phase: 'before-send' },
    }
  if (ended.state === 'held') {
    const { code, detail } = ended.why
    return {
      state: 'held',
      reason: code,
      attempt: { ...attempt, phase: 'before-send', outcome: code, detail },
    }
  }
  const { document, result, link } = ended
  if (link?.externalId !== result.externalId) {
    await deps.store.links.put({
      document: document.id,
      connection: delivery.destination,
      externalId: result.externalId,
      createdAt: now,
    })
    await deps.probe('deliver:linked', delivery.id)
  }
  await deps.stock?.confirmed(delivery, document, result.found)
  return {
    state: 'confirmed',
    revision: document.revision,
    uncertain: false,
    nextAt: dueBeforeItLapses(result, now),
    attempt: { ...attempt, phase: 'after-send', status: result.status },
  }
}

interface Failure {
  error: HubError
  progress: Progress
  started: number
}

async function failed(
  deps: DeliverDeps,
  delivery: Delivery,
  { error, progress, started }: Failure,
): Promise<DeliveryOutcome> {
  const now = deps.clock.now()
  const { phase } = progress
  const attempt: Attempt = {
    at: started,
    ms: now - started,
    phase,
    outcome: error.code,
    detail: error.detail,
    status: error.status,
  }
  const uncertain = delivery.uncertain || (phase === 'send' && mayHaveArrived(error))
  const shared = { reason: error.code, uncertain, attempt }
  const decision = decide({ ...delivery, error, phase, since: delivery.wantedAt, now, random: deps.random })
  if (progress.isStockWrite)
    await deps.stock?.failed(delivery, {
      lost: phase !== 'before-send' && mayHaveArrived(error),
      parked: decision.next === 'park' || decision.next === 'skip',
    })
  switch (decision.next) {
    case 'again':
      return { state: 'pending', nextAt: decision.nextAt, spend: decision.spend, ...shared }
    case 'hold':
      await deps.unauthorize(delivery.destination, error)
      return { state: 'held', ...shared }
    case 'skip':
      return { state: 'skipped', ...shared }
    case 'halt':
      throw error
    case 'park':
      await deps.park({ kind: 'delivery', subject: delivery.id, ...parked(delivery), error })
      return { state: 'dead', ...shared }
  }
}

const parked = ({ tenant, destination: connection, resource, document }: Delivery) => ({
  ...{ tenant, connection, resource, document },
})

/** A 4xx is a clear no; everything else that ended a send leaves open whether it arrived. */
const mayHaveArrived = (error: HubError): boolean => error.status === undefined || error.status >= 500
