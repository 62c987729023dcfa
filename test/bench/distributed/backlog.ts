import { randomBytes } from 'node:crypto'
import { systemClock } from '#core/kernel/clock.ts'
import { deliveryId, documentId, documentKey } from '#core/kernel/ids.ts'
import { openBullmqQueue } from '#core/queue/bullmq/open-bullmq-queue.ts'
import { wantDelivery } from '#core/store/delivery-rules.ts'
import { upsertDocument } from '#core/store/document-rules.ts'
import { MOVED_TABLES } from '#core/store/mongo/move/tables.ts'
import type { Row } from '#core/store/mongo/shape.ts'
import { on } from '../../support/mongo.ts'
import { BENCH_CONNECTION } from '../load.ts'
import type { Servers } from './servers.ts'

const PLACE = { tenant: 'acme', resource: 'order' as const }
const DESTINATION = 'acme-erp'
const ROWS = 2_000
/** Fewer than the queue lets wait for Redis’ answer. */
const WAKE_UPS = 5_000
/** Small: documents lie in the store alone, and filling it is most of what the bench takes. */
const NOTE = randomBytes(250).toString('hex')

/** Deliveries that are wanted, with their documents, as translators would have left them; their ids. */
export async function wantDeliveries({ storeUrl }: Servers, first: number, count: number): Promise<string[]> {
  const now = systemClock.now()
  const ids: string[] = []
  for (let done = 0; done < count; done += ROWS) {
    const some = Array.from({ length: Math.min(ROWS, count - done) }, (_, index) =>
      wantedOrder(first + done + index, now),
    )
    await on(storeUrl, async db => {
      await db.collection<Row>('documents').insertMany(some.map(({ document }) => document))
      await db.collection<Row>('deliveries').insertMany(some.map(({ delivery }) => delivery))
    })
    ids.push(...some.map(({ delivery }) => delivery._id))
  }
  return ids
}

function wantedOrder(number: number, now: number): { document: Row; delivery: Row } {
  const externalId = String(number)
  const key = documentKey(PLACE.tenant, BENCH_CONNECTION, externalId)
  const facts = { id: documentId(PLACE.resource, key), key, externalId, connection: BENCH_CONNECTION }
  const order = { revision: now, event: now, arrival: now }
  const mapping = { id: 'storefronts/shopify/order', version: 1 }
  const body = { number: externalId, note: NOTE }
  const candidate = { ...PLACE, ...facts, order, body, mapping, hash: externalId, message: externalId }
  const { document } = upsertDocument(null, { ...candidate, receivedAt: now, dependsOn: [] }, now)
  const delivery = wantDelivery(
    null,
    {
      ...{ ...PLACE, id: deliveryId(document.id, DESTINATION), document: document.id, flow: 'flow' },
      ...{ source: BENCH_CONNECTION, destination: DESTINATION, revision: 1, receivedAt: now, priority: 10 },
    },
    now,
  )
  return {
    document: MOVED_TABLES.documents.row({ arrival: number, record: document }),
    delivery: MOVED_TABLES.deliveries.row({ arrival: number, record: delivery! }),
  }
}

/** Every one of them waits in Redis when it resolves. */
export async function enqueueDeliveries({ queueUrl }: Servers, ids: readonly string[]): Promise<void> {
  const queue = await openBullmqQueue({ url: queueUrl, clock: systemClock })
  try {
    for (let done = 0; done < ids.length; done += WAKE_UPS)
      await Promise.all(
        ids.slice(done, done + WAKE_UPS).map(id => queue.enqueue('deliver', id, { priority: 10 })),
      )
    const { dropped } = await queue.stats()
    if (dropped > 0) throw new Error(`The queue dropped ${dropped} jobs.`)
  } finally {
    await queue.close()
  }
}

/** Confirmed deliveries, by their count in the store. */
export const confirmed = ({ storeUrl }: Servers): Promise<number> =>
  on(storeUrl, db => db.collection('deliveries').countDocuments({ state: 'confirmed' }))
