import type { Erased, Store } from '../../contracts/store.ts'
import { erasedBy } from '../../documents/subjects.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Probe } from '../../kernel/probe.ts'
import type { RecordAct } from '../audit.ts'
import { type Copy, copiesOf } from './copies.ts'
import { eraseDrift } from './erase-drift.ts'
import { eraseStrays } from './erase-strays.ts'
import { each, eraseDocument, eraseTrail, gathered } from './erase-trail.ts'
import type { Marks } from './marks.ts'
import { ordersOf, subjectsOfWhom, type Whom } from './whom.ts'

export interface EraseDeps {
  store: Store
  marks: Marks
  record: RecordAct
  clock: Clock
  probe: Probe
  /** Who worked on something when it began has ended after this time. */
  leaseMs: number
}

export interface EraseRequest {
  whom: Whom
  /** The message that asks for it, or an id of the act: the audit's subject, and how it is recognised when called again. */
  by: string
  /** What happened until then is forgotten. */
  at: number
  actor: { id: string }
  /** False: enough for now. */
  goOn: () => boolean
}

/** What was erased, without a word about whom. */
export interface ErasureReport {
  documents: number
  messages: number
  copies: Copy[]
}

/** `again`: to be called again at that time. */
export type EraseOutcome = { next: 'again'; nextAt: number } | { next: 'done'; report: ErasureReport }

/**
 * Erases through every store. Each step is safe to repeat; a process may die between any two. The caller scrubs once its own
 * part is gone.
 */
export type Erase = (request: EraseRequest) => Promise<EraseOutcome>

const BATCH = 200

export function createErase(deps: EraseDeps): Erase {
  const { store, clock, marks } = deps

  return async request => {
    const { whom, by, at, goOn } = request
    const erased: Erased = { at: clock.now(), by }
    const soon = { next: 'again', nextAt: clock.now() } as const
    while ((await store.erasure.index(BATCH)) > 0) if (!goOn()) return soon
    // Remembered first: whoever stores something of theirs from here on sees it, whoever did before is found.
    const since = await marks.remember(whom, await documentsOf(store, whom), at)
    await deps.probe('privacy:remembered', by)
    if (!(await eraseDocuments(deps, request, erased))) return soon
    const { total } = await store.erasure.find([erasedBy(by)], { limit: 1 })
    const settled = since + deps.leaseMs
    if (total > 0 && clock.now() < settled) return { next: 'again', nextAt: settled }
    if (whom.person)
      for await (const id of each(page => store.erasure.find([erasedBy(by)], page)))
        await eraseTrail(deps, id, erased)
    if (total > 0 || !whom.person?.maybeUnknown)
      if (!(await eraseStrays(deps, { whom, erased, goOn }))) return soon
    if (total > 0 || !whom.person?.maybeUnknown) await eraseDrift(store, whom)
    await deps.probe('privacy:erased', by)
    return { next: 'done', report: await reported(deps, request) }
  }
}

/** What depends on them is forgotten by their ids when it arrives late; of a whole connection the time of receipt tells. */
async function documentsOf(store: Store, whom: Whom): Promise<string[]> {
  return whom.person ? gathered(each(page => store.erasure.find(subjectsOfWhom(whom), page))) : []
}

/** False if it ran out of time. */
async function eraseDocuments(
  deps: EraseDeps,
  { whom, goOn }: EraseRequest,
  erased: Erased,
): Promise<boolean> {
  const { erasure, documents } = deps.store
  for (const id of ordersOf(whom)) {
    const order = await documents.get(id)
    if (order && !order.erased) await eraseDocument(deps, id, erased)
  }
  const subjects = [...subjectsOfWhom(whom), ...ordersOf(whom)]
  if (subjects.length === 0) return true
  for (;;) {
    // What is erased is found no more, so the first page is always the next one.
    const { items } = await erasure.find(subjects, { limit: BATCH })
    if (items.length === 0) return true
    for (const id of items) {
      if (!goOn()) return false
      await eraseDocument(deps, id, erased)
    }
  }
}

async function reported(deps: EraseDeps, request: EraseRequest): Promise<ErasureReport> {
  const { store, record, probe } = deps
  const { by, whom, actor, at } = request
  const report: ErasureReport = {
    documents: (await store.erasure.find([erasedBy(by)], { limit: 1 })).total,
    messages: await store.erasure.messages(by),
    copies: await gathered(copiesOf(store, by)),
  }
  const { documents, messages, copies } = report
  if (!(await isRecorded(store, by)))
    await record(actor, {
      action: 'privacy.erased',
      subject: by,
      detail: {
        ...{ connection: whom.connection, of: whom.person ? 'person' : 'everybody', askedAt: at },
        ...{ documents, messages, copies: countedBy(copies) },
      },
    })
  await probe('privacy:audited', by)
  return report
}

const LOOK_BACK = 200

/** A process that died right after recording must not record twice. */
async function isRecorded(store: Store, by: string): Promise<boolean> {
  const { items } = await store.audit.list({ limit: LOOK_BACK })
  return items.some(({ action, subject }) => action === 'privacy.erased' && subject === by)
}

/** Destination → how many records. */
export const countedBy = (copies: readonly Copy[]): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(copies, ({ connection }) => connection)].map(([name, of]) => [name, of.length]),
  )
