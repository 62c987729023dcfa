import type { Store } from '#core/contracts/store.ts'
import { everyPage, MINUTE, T0 } from '../store/samples.ts'

/** After every lease and time of `fillStore`, but for what is due later. */
export const NOW = T0 + 60 * MINUTE

/** All that the contract shows of a store. */
export async function wholeStore(store: Store): Promise<Record<string, unknown>> {
  const { messages, documents, deliveries, deadLetters, upkeep } = store
  const all = async <T>(list: Parameters<typeof everyPage<T>>[0]): Promise<T[]> =>
    (await everyPage(list, 3)).flat()
  const arrived = await all(page => messages.list({}, page))
  const stored = await all(page => documents.list({}, page))
  return mended({
    messages: arrived,
    between: await all(page => messages.list({ from: T0 + 1, to: T0 + 2 }, page)),
    ofDocument: await all(page => messages.list({ document: 'order:1' }, page)),
    bodies: await Promise.all(arrived.map(({ id }) => messages.get(id))),
    documents: stored,
    numbered: await all(page => documents.list({ number: '#7' }, page)),
    deliveries: await all(page => deliveries.list({}, page)),
    held: await all(page => deliveries.list({ destination: 'erp', state: 'held' }, page)),
    letters: await all(page => deadLetters.list({}, page)),
    causes: await all(page => deadLetters.causes({}, page)),
    ...(await smallOnes(store, all)),
    forgotten: await forgotten(store),
    due: [await upkeep.due('translate', NOW, 100), await upkeep.due('deliver', NOW, 100)],
    nextDue: [await upkeep.nextDue('translate', NOW), await upkeep.nextDue('deliver', NOW)],
    backlog: (await upkeep.backlog()).rows.map(row => JSON.stringify(row)).sort(),
    pending: await upkeep.pendingMessages(),
  })
}

async function forgotten({ erasure }: Store): Promise<unknown[]> {
  // What documents are found by is not carried but made again.
  await erasure.index(100)
  const found = ['erased request-1', 'all shop', 'order:0'].map(subject => erasure.find([subject]))
  return [
    ...(await Promise.all(found)).map(({ items }) => items.toSorted()),
    await erasure.messages('request-1'),
    await erasure.remembered(['d1', 'd2']),
  ]
}

type All = <T>(list: Parameters<typeof everyPage<T>>[0]) => Promise<T[]>

async function smallOnes(store: Store, all: All): Promise<Record<string, unknown>> {
  return {
    connections: await all(page => store.connections.list(page)),
    keys: await store.keys.list('api'),
    signedIn: [await store.keys.find('digest-of-k1', NOW), await store.keys.find('digest-of-k2', NOW)],
    audit: await all(page => store.audit.list(page)),
    cursors: await store.cursors.list(),
    links: await Promise.all(['order:1', 'order:ä', 'order:"1"'].map(id => store.links.list(id))),
    echo: await store.links.find('erp', 'erp.order:"1"'),
    stats: await store.stats.read({ from: 0, to: NOW }),
    published: await all(page => store.mappings.list({}, page)),
    heads: [await store.mappings.heads(), await store.mappings.count()],
    drift: await all(page => store.drift.list({}, page)),
    stock: await all(page => store.stock.list({}, page)),
    stockDue: await store.stock.due(NOW, 100),
  }
}

/** A detail cut within a character is mended on the way. Bodies of documents are JSON and keep everything. */
const mended = (whole: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(whole, (name, value) =>
      name === 'detail' && typeof value === 'string' ? value.toWellFormed() : value,
    ),
  )
