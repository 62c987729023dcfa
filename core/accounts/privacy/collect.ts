import type { Message, Store } from '../../contracts/store.ts'
import { type Copy, MOST_COPIES } from './copies.ts'
import { strays } from './erase-strays.ts'
import { each, gathered } from './erase-trail.ts'
import { ordersOf, subjectsOfWhom, type Whom } from './whom.ts'

/** All that is kept of a person, nothing masked. */
export interface Collected {
  documents: { id: string; resource: string; number?: string; body: Record<string, unknown> }[]
  messages: { id: string; topic: string; receivedAt: string; payload: string }[]
  copies: Copy[]
}

/** Reads only. What depends on their orders (parcels, returns) is theirs, too. */
export async function collect(store: Store, whom: Whom): Promise<Collected> {
  const collected: Collected = { documents: [], messages: [], copies: [] }
  const seen = new Set<string>()
  for (const id of await documentsOf(store, whom)) await add(store, { collected, seen }, id)
  for await (const message of strays({ store }, whom))
    if (!seen.has(message.id)) collected.messages.push(shown(message))
  return collected
}

/** Theirs, and what depends on it. */
async function documentsOf(store: Store, whom: Whom): Promise<Set<string>> {
  const found = new Set<string>()
  const waiting = [
    ...ordersOf(whom),
    ...(await gathered(each(page => store.erasure.find(subjectsOfWhom(whom), page)))),
  ]
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue
    found.add(id)
    waiting.push(...(await gathered(each(page => store.erasure.find([id!], page)))))
  }
  return found
}

async function add(
  store: Store,
  { collected, seen }: { collected: Collected; seen: Set<string> },
  id: string,
): Promise<void> {
  const document = await store.documents.get(id)
  if (!document) return
  const { resource, number, body } = document
  collected.documents.push({ id, resource, number, body })
  for (const { connection, externalId } of await store.links.list(id))
    if (collected.copies.length < MOST_COPIES) collected.copies.push({ document: id, connection, externalId })
  for await (const summary of each(page => store.messages.list({ document: id }, page))) {
    if (seen.has(summary.id) || summary.erased) continue
    seen.add(summary.id)
    const message = await store.messages.get(summary.id)
    if (message) collected.messages.push(shown(message))
  }
}

const shown = ({ id, topic, receivedAt, body }: Message): Collected['messages'][number] => ({
  ...{ id, topic },
  receivedAt: new Date(receivedAt).toISOString(),
  payload: body.toString('utf8'),
})
