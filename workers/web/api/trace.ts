import type {
  DeadLetter,
  Delivery,
  DocumentFilter,
  Message,
  Resource,
  StoredDocument,
} from '#core/contracts/store.ts'
import { deadLetterId } from '#core/kernel/ids.ts'
import type { ApiDeps } from './deps.ts'
import { tenantOf } from './paging.ts'
import type { Call } from './route.ts'
import { visible } from './scope.ts'
import { withInstants } from './times.ts'
import { deadLetterView } from './views/dead-letter-view.ts'
import { deliveryView } from './views/delivery-view.ts'
import { documentView } from './views/document-view.ts'
import { messageFacts } from './views/message-view.ts'

type Asking = Pick<Call, 'principal' | 'params' | 'query'>
type TraceDeps = Pick<ApiDeps, 'store' | 'mask'>

/** An order number is rarely used twice; more matches than this are named by `total` alone. */
const MOST_DOCUMENTS = 20
const MOST_EACH = 100

/** The way of each matching document: messages → document → deliveries with attempts → links → dead letters. */
export async function traceDocuments(call: Asking, deps: TraceDeps) {
  const found = await findDocuments(call, deps)
  const traces = await Promise.all(
    found.slice(0, MOST_DOCUMENTS).map(document => traceOne(call, deps, document)),
  )
  return { total: found.length, documents: traces }
}

async function findDocuments(call: Asking, { store }: TraceDeps): Promise<StoredDocument[]> {
  const { number, externalId, document, connection, resource } = call.query as Record<
    string,
    string | undefined
  >
  if (document) return [visible({ ...call, params: { id: document } }, await store.documents.get(document))]
  const filter: DocumentFilter = {
    connection,
    resource: resource as Resource | undefined,
    externalId,
    ...tenantOf(call.principal, call.query),
  }
  const numbers = number === undefined ? [undefined] : spellings(number)
  const pages = await Promise.all(
    numbers.map(spelling => store.documents.list({ ...filter, number: spelling }, { limit: MOST_EACH })),
  )
  return pages.flatMap(page => page.items)
}

/** People write `1001` for what the shop calls `#1001`, and the other way round. */
const spellings = (number: string): string[] => [
  number,
  number.startsWith('#') ? number.slice(1) : `#${number}`,
]

async function traceOne({ principal }: Asking, deps: TraceDeps, document: StoredDocument) {
  const { store, mask } = deps
  const each = { limit: MOST_EACH }
  const [messages, deliveries, links, letters] = await Promise.all([
    store.messages.list({ document: document.id }, each),
    store.deliveries.list({ document: document.id }, each),
    store.links.list(document.id),
    store.deadLetters.list({ document: document.id }, each),
  ])
  const all = new Map(letters.items.map(letter => [letter.id, letter]))
  for (const letter of await lettersOf(deps, messages.items, deliveries.items)) all.set(letter.id, letter)
  return {
    messages: messages.items.map(messageFacts),
    document: documentView(document, principal, mask),
    deliveries: deliveries.items.map(deliveryView),
    links: links.map(link => withInstants(link, 'createdAt')),
    deadLetters: [...all.values()].map(deadLetterView),
  }
}

/** A message letter may not name the document that its message made before. */
async function lettersOf(
  { store }: TraceDeps,
  messages: readonly Pick<Message, 'id'>[],
  deliveries: readonly Delivery[],
): Promise<DeadLetter[]> {
  const ids = [
    ...messages.map(({ id }) => deadLetterId('message', id)),
    ...deliveries.map(({ id }) => deadLetterId('delivery', id)),
  ]
  const letters = await Promise.all(ids.map(id => store.deadLetters.get(id)))
  return letters.filter(letter => letter !== null)
}
