import type { Directory } from '../accounts/directory.ts'
import type { Marks } from '../accounts/privacy/marks.ts'
import type { Connector, ConnectorKind, Manifest } from '../contracts/connector.ts'
import type { Queue } from '../contracts/queue.ts'
import type { DocumentCandidate, Store, StoredDocument, UpsertResult } from '../contracts/store.ts'
import { deliveryTopic } from '../inbox/priority.ts'
import type { StockKeeper } from '../inventory/keeper.ts'
import type { Clock } from '../kernel/clock.ts'
import { manifestFor } from '../kernel/manifest-for.ts'
import type { Probe } from '../kernel/probe.ts'
import type { NoteLanded } from '../orchestration/note-landed.ts'
import { isTakenOver, noteWrites } from './echo.ts'
import { type Landed, landShipment } from './land-shipment.ts'
import type { PlanDeliveries } from './wanted.ts'

export interface LandDeps {
  store: Store
  queue: Queue
  clock: Clock
  probe: Probe
  directory: Directory
  connectors: ReadonlyMap<string, Connector>
  planDeliveries: PlanDeliveries
  /** Told of what is stored before it is planned. */
  noteLanded?: NoteLanded
  /** The ledger of stock, likewise. */
  stock?: Pick<StockKeeper, 'landed'>
  /** Who was erased and must not come back. */
  forgotten: Pick<Marks, 'covers'>
}

/** What became of a candidate, and the ids of all documents that it made or touched. */
export interface LandResult extends Pick<UpsertResult, 'outcome'> {
  documents: string[]
}

/** Upserts and plans; planning again after a crash changes nothing. */
export async function land(deps: LandDeps, candidate: DocumentCandidate): Promise<LandResult> {
  const now = deps.clock.now()
  const { outcome, document, touched } = await stored(deps, candidate, now)
  await deps.probe('translate:stored', candidate.message)
  const documents = [document.id, ...touched.map(({ id }) => id)]
  if (outcome === 'erased' || (outcome !== 'stale' && (await deps.forgotten.covers(document)))) {
    await deps.store.erasure.erase('document', document.id, { at: now, by: LATE })
    return { outcome: 'erased', documents }
  }
  if (outcome !== 'stale') {
    await deps.noteLanded?.(document)
    await deps.stock?.landed(document)
    if (!(await isTakenOver(deps, document))) await plan(deps, document, { now })
  }
  // Carriers have been told of the shipment already, and what one of them says is no news to any.
  for (const one of touched.filter(({ erased }) => !erased)) await plan(deps, one, { now, except: 'carrier' })
  await deps.probe('translate:planned', candidate.message)
  return { outcome, documents }
}

async function stored(deps: LandDeps, candidate: DocumentCandidate, now: number): Promise<Landed> {
  const { store } = deps
  if (candidate.resource !== 'shipment')
    return { ...(await store.documents.upsert(candidate, now)), touched: [] }
  const isCarrier = async (connection: string) => (await manifestOf(deps, connection))?.kind === 'carrier'
  return landShipment({ store, isCarrier, now }, candidate)
}

/** Why what arrives after its person was erased is erased. */
export const LATE = 'late arrival'

interface Planning {
  now: number
  /** Destinations of this kind are left out. */
  except?: ConnectorKind
}

async function plan(deps: LandDeps, document: StoredDocument, { now, except }: Planning): Promise<void> {
  const { store, queue } = deps
  const wanted = await deps.planDeliveries(document)
  await Promise.all(
    wanted.map(async delivery => {
      const manifest = await manifestOf(deps, delivery.destination)
      if (except && manifest?.kind === except) return
      await noteWrites(deps, delivery, { document, manifest, now })
      if (await store.deliveries.want(delivery, now))
        await queue.enqueue(deliveryTopic(delivery.id), delivery.id, { priority: delivery.priority })
    }),
  )
}

async function manifestOf(
  { directory, connectors }: Pick<LandDeps, 'directory' | 'connectors'>,
  id: string,
): Promise<Manifest | undefined> {
  const connection = await directory.get(id)
  const manifest = connection && connectors.get(connection.connector)?.manifest
  return manifest ? manifestFor(manifest, connection) : undefined
}
