import { setTimeout as pause } from 'node:timers/promises'
import type { SignedWebhook } from '#connectors/storefronts/shopify/simulator.ts'
import { call } from '../../support/call.ts'
import type { Revision } from './plan.ts'

export interface Sender {
  /** Where the hub takes webhooks: asked by turns, as a load balancer does. */
  urls: readonly string[]
  /** Told after each 2xx. */
  acknowledged(revision: Revision): void
}

const AT_ONCE = 12
const REPEAT_MS = 30

/** Sends everything, each until there is a 2xx. */
export async function sendAll(plan: readonly Revision[], sender: Sender): Promise<void> {
  const left = plan.values()
  const turns = turnsOf(sender.urls)
  const send = async (): Promise<void> => {
    for (const revision of left) {
      await untilAcknowledged(turns, revision.webhook)
      sender.acknowledged(revision)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, send))
}

function turnsOf(urls: readonly string[]): () => string {
  let turn = 0
  return () => urls[turn++ % urls.length]!
}

/** As the partner does: again, and by the next door, until there is a 2xx. */
async function untilAcknowledged(next: () => string, { headers, body }: SignedWebhook): Promise<void> {
  for (;;) {
    const { status } = await call(`${next()}/webhooks/acme-shopify`, { method: 'POST', headers, body })
    if (status >= 200 && status < 300) return
    if (status >= 400 && status < 500) throw new Error(`The hub refused a good webhook: ${status}.`)
    await pause(REPEAT_MS)
  }
}
