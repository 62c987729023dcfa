import type { Mapper } from '../contracts/mapper.ts'
import type { DocumentCandidate, Message, Resource, Store, StoredDocument } from '../contracts/store.ts'
import { compareOrder } from '../documents/compare-order.ts'
import type { Inspect, Interpreted, SourceConnection, SourceMessage } from './interpret.ts'
import type { Plans } from './shadow-concerned.ts'
import { changesOf, type ShadowOutcome } from './shadow-report.ts'
import type { Changed, ShadowTally, Standing } from './shadow-tally.ts'
import type { PlanDeliveries } from './wanted.ts'

export interface CompareDeps {
  store: Pick<Store, 'documents'>
  mapper: Mapper
  inspect: Inspect
  planDeliveries: PlanDeliveries
}

/** Of one run: what it knows of each document so far. */
export interface Comparison extends CompareDeps {
  tally: ShadowTally
}

/** A message, decoded, and the two mappings it is run through. */
export interface Shadowed extends Plans {
  message: SourceMessage & Pick<Message, 'state' | 'reason' | 'documents'>
  connection: SourceConnection
  records: readonly unknown[]
}

export type Candidate = Extract<Interpreted, { outcome: 'document' }>

/** What became of one record and what would become of it. */
export interface Pair<Before = Interpreted, After = Interpreted> {
  before: Before
  after: After
}

/** As the store would take it: only what is not older than what stands changes the document. */
export async function noteMade(
  { store, planDeliveries, tally }: Comparison,
  { before, after }: Pair<Interpreted | null, Candidate>,
): Promise<void> {
  const { candidate } = after
  const { id, hash } = candidate
  const stored = await store.documents.get(id)
  const standing: Standing | null = tally.standing(id) ?? stored
  if (standing && compareOrder(candidate.order, standing.order) < 0) return
  if (stored?.hash === hash) return tally.keep(id, candidate, 'unchanged')
  if (before?.outcome === 'document' && wouldLandAlike(before.candidate, candidate, stored))
    return tally.keep(id, candidate, 'outdated')
  const wanted = await planDeliveries(asStored(candidate, stored))
  tally.change(id, candidate, {
    ...rowOf(candidate),
    outcome: stored ? 'changed' : 'new',
    differences: stored ? changesOf(stored.body, candidate.body) : [],
    destinations: wanted.map(({ destination }) => destination),
  })
}

/** Translated again with what holds, the message would do the same to what is stored. */
const wouldLandAlike = (
  before: DocumentCandidate,
  after: DocumentCandidate,
  stored: StoredDocument | null,
): boolean =>
  before.id === after.id &&
  before.hash === after.hash &&
  (!stored || compareOrder(before.order, stored.order) >= 0)

/** The message made a document and would make another one or none; that matters if it is the newest of its document. */
export async function noteLost(
  { store, tally }: Comparison,
  { before, after }: Pair<Candidate>,
): Promise<void> {
  const { candidate } = before
  const stored = await store.documents.get(candidate.id)
  if (!stored || tally.standing(candidate.id) || compareOrder(candidate.order, stored.order) < 0) return
  tally.change(candidate.id, stored, {
    ...rowOf(candidate),
    ...ending(after),
    ...NO_WRITE,
  })
}

/** No document before and none after: told where a human would have to look at it from now on, or not any more. */
export function noteFailing(
  { tally }: Comparison,
  shadowed: Shadowed,
  { before, after, at }: Pair & { at: number },
): void {
  if (before.outcome === after.outcome) return
  const { message } = shadowed
  const standing = { order: { revision: 0, event: 0, arrival: message.receivedAt }, hash: '' }
  tally.change(`${message.id} ${at}`, standing, {
    id: (after.outcome === 'problems' && after.document) || null,
    resource: resourceOf(shadowed.after) ?? resourceOf(shadowed.before) ?? 'order',
    ...{ number: null, externalId: null, message: message.id },
    ...ending(after),
    ...NO_WRITE,
  })
}

export const NO_WRITE = { differences: [], destinations: [] }

export function ending(after: Interpreted): { outcome: ShadowOutcome; reason?: string } {
  if (after.outcome === 'skipped') return after
  if (after.outcome === 'problems') return { outcome: 'problems', reason: after.problems[0]!.message }
  return { outcome: 'gone', reason: after.candidate.id }
}

export const rowOf = ({
  id,
  resource,
  number,
  externalId,
  message,
}: DocumentCandidate): Omit<Changed, 'outcome' | 'differences' | 'destinations'> => ({
  ...{ id, resource, number: number ?? null, externalId, message },
})

const resourceOf = (plan: Plans['before']): Resource | null =>
  plan && plan !== 'stored' ? (plan.target as Resource) : null

const asStored = (candidate: DocumentCandidate, stored: StoredDocument | null): StoredDocument => ({
  ...candidate,
  revision: (stored?.revision ?? 0) + 1,
  createdAt: stored?.createdAt ?? candidate.receivedAt,
  updatedAt: candidate.receivedAt,
})
