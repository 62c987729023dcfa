import {
  generateOrder,
  type OrderAction,
  type RestOrder,
  reviseOrder,
  type SignedWebhook,
  signedWebhook,
} from '#connectors/storefronts/shopify/simulator.ts'
import { SHOP } from '../../support/declared.ts'
import { shuffle } from '../../support/seeded.ts'
import { SECRET } from './options.ts'

/** One state of an order, as its shop tells of it. */
export interface Revision {
  order: RestOrder
  webhook: SignedWebhook
}

const ACTIONS: OrderAction[] = ['pay', 'edit', 'fulfil', 'refund']
const DAY = Date.UTC(2026, 0, 15)

/** What is sent, in this order: signed revisions of so many orders, doubled and out of order. */
export const planOf = (orders: number, random: () => number): Revision[] =>
  disorder(revisions(orders, random), random)

/** Every order with one to four revisions, oldest first. */
function revisions(count: number, random: () => number): Revision[] {
  const all: Revision[] = []
  for (let n = 1; n <= count; n++) {
    let at = DAY + n * 1_000
    let order = generateOrder(random, n, { at })
    all.push({ order, webhook: webhookOf('orders/create', order, at, random) })
    for (const action of ACTIONS.slice(0, Math.floor(random() * 4))) {
      at += 60_000
      order = reviseOrder(order, action, { random, at: new Date(at).toISOString() })
      all.push({ order, webhook: webhookOf('orders/updated', order, at, random) })
    }
  }
  return all
}

let events = 0

function webhookOf(
  topic: string,
  payload: RestOrder,
  triggeredAt: number,
  random: () => number,
): SignedWebhook {
  const id = `${(++events).toString(16)}-${Math.floor(random() * 1e9).toString(16)}`
  return signedWebhook({
    topic,
    payload,
    shop: SHOP,
    secret: SECRET,
    apiVersion: '2026-10',
    eventId: id,
    webhookId: id,
    triggeredAt,
  })
}

/** A fifth comes twice, a tenth comes far from its place, neighbours are shuffled. */
function disorder(all: readonly Revision[], random: () => number): Revision[] {
  const withDuplicates = all.flatMap(one => (random() < 0.2 ? [one, one] : [one]))
  const late = withDuplicates.filter(() => random() < 0.1)
  const tardy = new Set(late)
  const punctual = withDuplicates.filter(one => !tardy.has(one))
  const mixed: Revision[] = []
  for (let at = 0; at < punctual.length; at += 8) mixed.push(...shuffle(punctual.slice(at, at + 8), random))
  return [...mixed, ...shuffle(late, random)]
}
