import type { Erased, Page, PageRequest, Store } from '../../contracts/store.ts'
import { deadLetterId } from '../../kernel/ids.ts'
import type { Probe } from '../../kernel/probe.ts'

export interface TrailDeps {
  store: Store
  probe: Probe
}

/**
 * Everything that a document left behind, and then the document: until its last step it is found again, so that a
 * process may die anywhere. What depends on it (parcels, returns, of whatever connection) goes first for the same reason.
 */
export async function eraseDocument(deps: TrailDeps, id: string, erased: Erased): Promise<void> {
  const { store, probe } = deps
  for await (const dependant of each(page => store.erasure.find([id], page)))
    if (dependant !== id) await eraseDocument(deps, dependant, erased)
  await eraseTrail(deps, id, erased)
  await probe('privacy:document', id)
  await store.erasure.erase('document', id, erased)
}

/** Messages, deliveries and dead letters of a document. */
export async function eraseTrail(deps: TrailDeps, document: string, erased: Erased): Promise<void> {
  const { messages, deliveries, deadLetters, erasure } = deps.store
  // What is still to be translated may bring others as well: the translator takes these people out of it.
  for await (const message of each(page => messages.list({ document }, page)))
    if (!message.erased && message.state !== 'pending') await eraseMessage(deps, message.id, erased)
  for await (const { id } of each(page => deliveries.list({ document }, page))) {
    await erasure.erase('delivery', id, erased)
    await erasure.erase('letter', deadLetterId('delivery', id), erased)
  }
  for await (const { id } of each(page => deadLetters.list({ document }, page)))
    await erasure.erase('letter', id, erased)
}

export async function eraseMessage({ store, probe }: TrailDeps, id: string, erased: Erased): Promise<void> {
  await store.erasure.erase('letter', deadLetterId('message', id), erased)
  await probe('privacy:message', id)
  await store.erasure.erase('message', id, erased)
}

export async function gathered<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const PAGE = 100

/** All pages, one in memory. */
export async function* each<T>(list: (page: PageRequest) => Promise<Page<T>>): AsyncGenerator<T, void, void> {
  for (let after: string | undefined; ; ) {
    const { items, next } = await list({ limit: PAGE, after })
    yield* items
    if (next === null) return
    after = next
  }
}
