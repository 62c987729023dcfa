import type { Clock } from '../../../sdk/index.ts'
import type { Random } from './draw.ts'
import type { Event } from './events.ts'
import type { Outbox } from './outbox.ts'
import type { Subscriptions } from './subscriptions.ts'
import { drawnUuid, signedWebhook } from './webhook.ts'

export interface SenderOptions {
  clock: Clock
  random: Random
  shop: string
  secret: string
  apiVersion: string
  subscriptions: Subscriptions
  outbox: Outbox
}

/** Puts the webhooks of one action into the outbox: one event id, a webhook id for each subscription. */
export function createSender(options: SenderOptions): (events: readonly Event[]) => void {
  const { clock, random, subscriptions, outbox, ...shop } = options
  return events => {
    const action = { ...shop, eventId: drawnUuid(random), triggeredAt: clock.now() + random() }
    for (const { topic, payload } of events) {
      for (const subscription of subscriptions.all.values()) {
        if (subscription.topic !== topic) continue
        const webhookId = drawnUuid(random)
        outbox.push(signedWebhook({ ...action, topic, payload, webhookId }), subscription.uri)
      }
    }
  }
}
