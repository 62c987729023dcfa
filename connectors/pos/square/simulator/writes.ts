import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { invalid, notFound, ok } from './answers.ts'
import { shown } from './reads.ts'
import { setCount, timeOf } from './till.ts'
import type { Fulfillment, Subscription, Till } from './types.ts'

const CLOSED = ['COMPLETED', 'CANCELED', 'FAILED']

export interface WriteOptions {
  till: Till
  now(): number
  subscriptions: Map<string, Subscription>
  /** What signs the events of new subscriptions. */
  signatureKey: string
}

export function writeRoutes(options: WriteOptions): Route[] {
  const { till, now } = options
  const known = new Map<string, { body: string; reply: Reply }>()
  /** The same key gives the same answer; with another body it is refused. */
  const once = ({ body }: Asked, write: () => Reply): Reply => {
    const { idempotency_key: key } = body as { idempotency_key?: string }
    if (!key || key.length > 128) return invalid('MISSING_REQUIRED_PARAMETER')
    const text = JSON.stringify(body)
    const before = known.get(key)
    if (before) return before.body === text ? before.reply : invalid('IDEMPOTENCY_KEY_REUSED')
    const reply = write()
    if (reply.status === 200) known.set(key, { body: text, reply })
    return reply
  }
  return [
    {
      method: 'PUT',
      path: /^\/v2\/orders\/([^/]+)$/,
      answer: (asked, id = '') => once(asked, () => updateOrder(till, { id, asked, at: now() })),
    },
    {
      method: 'POST',
      path: /^\/v2\/inventory\/changes\/batch-create$/,
      answer: asked => once(asked, () => changeInventory(till, asked, now())),
    },
    ...subscriptionRoutes(options, once),
  ]
}

interface Update {
  order: { version: number; fulfillments?: Fulfillment[] }
}

function updateOrder(till: Till, { id, asked, at }: { id: string; asked: Asked; at: number }): Reply {
  const order = till.orders.get(id)
  const { order: update } = asked.body as Update
  if (!order) return notFound()
  if (update.version !== order.version) return invalid('VERSION_MISMATCH')
  for (const wanted of update.fulfillments ?? []) {
    const present = order.fulfillments.find(({ uid }) => uid === wanted.uid)
    if (!present) order.fulfillments.push(wanted)
    else if (CLOSED.includes(String(present['state']))) return invalid('INVALID_FULFILLMENT_STATE')
    else
      Object.assign(present, wanted, {
        shipment_details: { ...present.shipment_details, ...wanted.shipment_details },
      })
  }
  order.version += 1
  order.writes += 1
  order.updated_at = timeOf(at)
  return ok({ order: shown(order) })
}

interface Change {
  catalog_object_id: string
  location_id: string
  quantity: string
  occurred_at: string
  /** Of adjustments; units that come begin as `NONE`. */
  from_state?: string
}

interface Changes {
  changes: { physical_count?: Change; adjustment?: Change }[]
}

const DAY_MS = 86_400_000
const MOST = 100

/** All or nothing. */
function changeInventory(till: Till, { body }: Asked, now: number): Reply {
  const changes = (body as Changes).changes.map(one => one.physical_count ?? one.adjustment!)
  if (changes.length > MOST) return invalid('ARRAY_LENGTH_TOO_LONG')
  for (const { occurred_at: occurred, ...change } of changes) {
    const age = now - Date.parse(occurred)
    if (!(age >= 0 && age < DAY_MS)) return invalid('INVALID_TIME')
    const { locations, items } = till
    const article = [...items.values()].some(({ item_data: { variations } }) =>
      variations.some(({ id }) => id === change.catalog_object_id),
    )
    if (!article || !locations.some(({ id }) => id === change.location_id)) return notFound()
  }
  const counts = changes.map(({ occurred_at: _, from_state: from, ...change }) => {
    const before = till.counts.get(`${change.catalog_object_id}@${change.location_id}`)?.quantity ?? '0'
    const added = from === 'NONE' ? Number(change.quantity) : -Number(change.quantity)
    const quantity = from === undefined ? change.quantity : String(Number(before) + added)
    return shown(setCount(till, { ...change, quantity, at: now, written: true }))
  })
  return ok({ counts })
}

type Once = (asked: Asked, write: () => Reply) => Reply

function subscriptionRoutes({ subscriptions, signatureKey }: WriteOptions, once: Once): Route[] {
  const path = /^\/v2\/webhooks\/subscriptions$/
  const wanted = ({ body }: Asked) => (body as { subscription: Omit<Subscription, 'id'> }).subscription
  return [
    {
      method: 'GET',
      path,
      answer: () => ok(subscriptions.size > 0 ? { subscriptions: [...subscriptions.values()] } : {}),
    },
    {
      method: 'POST',
      path,
      answer: asked =>
        once(asked, () => {
          const id = `wbhk_${subscriptions.size + 1}`
          const subscription = { ...wanted(asked), id, signature_key: signatureKey } as Subscription
          subscriptions.set(id, subscription)
          return ok({ subscription })
        }),
    },
    {
      method: 'PUT',
      path: /^\/v2\/webhooks\/subscriptions\/([^/]+)$/,
      answer(asked, id = '') {
        const subscription = subscriptions.get(id)
        return subscription ? ok({ subscription: Object.assign(subscription, wanted(asked)) }) : notFound()
      },
    },
  ]
}
