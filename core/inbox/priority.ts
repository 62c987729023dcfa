import type { Feed } from '../contracts/connector.ts'
import type { Topic } from '../contracts/queue.ts'
import type { NewMessage, Resource } from '../contracts/store.ts'
import { BULK_PRIORITY } from '../kernel/lane.ts'

/** Orders before stock, stock before catalogue, catalogue before backfill (DESIGN §8). 0 is the most urgent. What refers to an order comes after it. */
const OF_RESOURCE: Readonly<Record<Resource, number>> = {
  order: 10,
  shipment: 12,
  return: 12,
  inventory: 20,
  product: 30,
  settlement: 30,
}

const BACKFILL = 40

/** A poll finds what webhooks missed: in the partner's rate limit it goes after orders and stock that are on their way. */
const POLL = 30

/** Priority of a message; a topic that no resource is known for goes with the orders, because it may be one. */
export const messagePriority = (resource: Resource | undefined, via: NewMessage['via']): number =>
  via === 'backfill' ? BACKFILL : resource ? OF_RESOURCE[resource] : OF_RESOURCE.order

/** Priority of a poll's own calls; the first poll of a connection reads its whole past. What lies in a queue or a folder has no other way here. */
export const pollPriority = (feed: Feed, cursor: string | null): number =>
  feed === 'queue' || feed === 'file' ? OF_RESOURCE.order : cursor === null ? BACKFILL : POLL

/** Queue topic of a delivery by its id, which begins with its resource: what comes in bulk has slots of its own. */
export const deliveryTopic = (id: string): Extract<Topic, 'deliver' | 'publish'> =>
  OF_RESOURCE[id.slice(0, id.indexOf(':')) as Resource] >= BULK_PRIORITY ? 'publish' : 'deliver'
