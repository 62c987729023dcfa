import type { Clock } from '../../../sdk/index.ts'
import type { Random } from './draw.ts'
import { createPoster } from './post.ts'
import type { SignedWebhook } from './webhook.ts'

/** Eight retries over four hours, always with the first payload; the steps between are ours, Shopify names none. */
const RETRY_AFTER_MS = [10, 60, 300, 600, 1_200, 2_400, 3_600, 6_230].map(seconds => seconds * 1_000)

export interface QueuedWebhook extends SignedWebhook {
  url: string
  nextAt: number
  /** How often it was sent. */
  sent: number
}

export interface DeliverOptions {
  /** Requests at once; 8 unless told. */
  concurrency?: number
  /** Chance that a webhook is sent twice, though the first was accepted. */
  duplicate?: number
  /** In any order instead of that of the events. */
  shuffle?: boolean
  /** Chance that a webhook stays behind until the next call. */
  holdBack?: number
}

export interface DeliverReport {
  /** Requests made. */
  requests: number
  accepted: number
  failed: number
  /** Still to be sent, now or later. */
  pending: number
}

export interface Outbox {
  push(webhook: SignedWebhook, url: string): void
  /** Sends once what is due on the clock; failures wait for their retry. */
  deliver(options?: DeliverOptions): Promise<DeliverReport>
  /** When the next one is due, or null. */
  nextAt(): number | null
  readonly pending: readonly QueuedWebhook[]
  /** Given up after the last retry. */
  readonly dropped: readonly QueuedWebhook[]
  close(): void
}

export function createOutbox(of: {
  clock: Clock
  random: Random
  onDropped: (webhook: QueuedWebhook) => void
}): Outbox {
  const { clock, random, onDropped } = of
  const poster = createPoster(clock)
  const dropped: QueuedWebhook[] = []
  let pending: QueuedWebhook[] = []

  async function send(webhook: QueuedWebhook): Promise<boolean> {
    webhook.sent++
    const accepted = await poster.post(webhook.url, webhook)
    if (accepted) return true
    const wait = RETRY_AFTER_MS[webhook.sent - 1]
    if (wait === undefined) {
      dropped.push(webhook)
      onDropped(webhook)
    } else pending.push({ ...webhook, nextAt: clock.now() + wait })
    return false
  }

  return {
    get pending() {
      return pending
    },
    dropped,
    push: (webhook, url) => pending.push({ ...webhook, url, nextAt: clock.now(), sent: 0 }),
    nextAt: () =>
      pending.reduce<number | null>(
        (least, { nextAt }) => (least === null ? nextAt : Math.min(least, nextAt)),
        null,
      ),
    async deliver({ concurrency = 8, duplicate = 0, shuffle = false, holdBack = 0 } = {}) {
      const now = clock.now()
      const due = pending.filter(webhook => webhook.nextAt <= now && !(random() < holdBack))
      const taken = new Set(due)
      pending = pending.filter(webhook => !taken.has(webhook))
      const queue = due.flatMap(webhook => (random() < duplicate ? [webhook, { ...webhook }] : [webhook]))
      if (shuffle) shuffled(queue, random)
      const report = { requests: queue.length, accepted: 0, failed: 0 }
      const rest = queue.values()
      const lane = async () => {
        for (const webhook of rest) report[(await send(webhook)) ? 'accepted' : 'failed']++
      }
      await Promise.all(Array.from({ length: concurrency }, lane))
      return { ...report, pending: pending.length }
    },
    close: () => poster.close(),
  }
}

/** Fisher–Yates on the injected draw. */
function shuffled<T>(items: T[], random: Random): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1))
    ;[items[last], items[other]] = [items[other] as T, items[last] as T]
  }
}
