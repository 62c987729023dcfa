import { createErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { generateOrder, type RestOrder } from '#connectors/storefronts/shopify/simulator.ts'
import type { DocumentCandidate } from '#core/contracts/store.ts'
import { contentHash } from '#core/kernel/canonical-json.ts'
import { deadLetterId, deliveryId, documentId, documentKey } from '#core/kernel/ids.ts'
import { composedEngine } from './composed-engine.ts'
import { declaredHub } from './declared.ts'
import { seeded } from './seeded.ts'
import { receiveOrders } from './shop-orders.ts'

export const HOUR = 3_600_000

/** A hub between one Shopify shop and one ERP, with what people declare about orders; nothing runs but by `send` and `drain`. */
export async function orderDesk(declared: Record<string, unknown>, folder?: string) {
  const erp = createErpSimulator({ random: () => 1 })
  const config = declaredHub({ baseUrl: await erp.listen(), secret: 's'.repeat(32) })
  const engine = await composedEngine({ ...config, ...declared }, folder)
  const { store } = engine.base
  const { orchestration } = engine.engine

  return {
    ...{ engine, store, erp, clock: engine.clock, orchestration, drain: () => engine.drain() },
    /** As the buyer placed it: not paid yet. */
    order: (n: number): RestOrder => generateOrder(seeded(n), n, { at: engine.clock.now(), currency: 'USD' }),
    /** The webhook of this revision, and all that follows from it. */
    async send(order: RestOrder, topic = 'orders/updated'): Promise<void> {
      await engine.clock.advance(60_000)
      const updated_at = new Date(engine.clock.now()).toISOString()
      await receiveOrders(engine, [{ ...order, updated_at }], topic)
      await engine.drain()
    },
    /** A canonical document as a translation stores it. */
    async land(
      connection: string,
      given: Pick<DocumentCandidate, 'resource' | 'externalId' | 'body'> & { dependsOn?: string[] },
    ) {
      const { document } = await store.documents.upsert(
        candidateOf(connection, given, engine.clock.now()),
        engine.clock.now(),
      )
      await orchestration.noteLanded(document)
      return document
    },
    documentOf: (order: RestOrder) => documentId('order', keyOf(order)),
    deliveryOf: (order: RestOrder, to = 'acme-erp') =>
      store.deliveries.get(deliveryId(documentId('order', keyOf(order)), to)),
    letterOf: (order: RestOrder, to = 'acme-erp') =>
      store.deadLetters.get(deadLetterId('delivery', deliveryId(documentId('order', keyOf(order)), to))),
    /** What the ERP holds of it. */
    atErp: (order: RestOrder) => erp.records('order').find(({ key }) => key === keyOf(order))?.body,
    async close(): Promise<void> {
      await engine.close()
      await erp.close()
    },
  }
}

export type OrderDesk = Awaited<ReturnType<typeof orderDesk>>

const keyOf = ({ admin_graphql_api_id, id }: RestOrder): string =>
  documentKey(
    'acme',
    'acme-shopify',
    (admin_graphql_api_id ?? String(id)).replace(/^gid:\/\/shopify\/Order\//, ''),
  )

function candidateOf(
  connection: string,
  {
    resource,
    externalId,
    body,
    dependsOn = [],
  }: Pick<DocumentCandidate, 'resource' | 'externalId' | 'body'> & { dependsOn?: string[] },
  now: number,
): DocumentCandidate {
  const key = documentKey('acme', connection, externalId)
  return {
    ...{
      id: documentId(resource, key),
      resource,
      key,
      tenant: 'acme',
      connection,
      externalId,
      body,
      dependsOn,
    },
    ...{ order: { revision: now, event: now, arrival: now }, hash: contentHash(body), receivedAt: now },
    ...{ mapping: { id: 'test', version: 1 }, message: 'message' },
  }
}
