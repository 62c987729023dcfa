import { setTimeout as pause } from 'node:timers/promises'
import { createMerchant } from './merchant.ts'
import type { Partners } from './partners.ts'
import { type Sample, sendSample } from './samples.ts'

/** Webhooks come twice, in any order, and some later than others: as partners really send them. */
const AS_PARTNERS_DO = { concurrency: 8, duplicate: 0.1, shuffle: true, holdBack: 0.15 }

const TICK_MS = 60
const SETTLE_TICK_MS = 250
const TRICKLE_MS = 2_000

interface LoadOf {
  partners: Partners
  samples: readonly Sample[]
  orders: number
}

/** Every order placed, paid, changed, shipped, refunded or cancelled, while what it says is being sent. */
export async function runLoad({ partners, samples, orders }: LoadOf): Promise<void> {
  for (const sample of samples) sendSample(partners, sample)
  const merchant = createMerchant(partners.shop)
  while (partners.shop.orders.size < orders || merchant.busy()) {
    if (partners.shop.orders.size < orders) merchant.place()
    merchant.work(3)
    await Promise.all([deliver(partners), pause(TICK_MS)])
  }
}

/** Sends what is held back or failed until all is accounted for. False when the time is over. */
export async function settle({
  partners,
  isSettled,
  withinMs,
}: {
  partners: Partners
  isSettled(): Promise<boolean>
  withinMs: number
}): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; await pause(SETTLE_TICK_MS)) {
    await partners.deliver({ concurrency: 8 })
    if (partners.shop.outbox.pending.length === 0 && (await isSettled())) return true
  }
  return false
}

/** A slow shop goes on, so that the charts live. */
export async function trickle(partners: Partners, signal: AbortSignal): Promise<void> {
  const merchant = createMerchant(partners.shop)
  while (!signal.aborted) {
    merchant.place()
    merchant.work(2)
    await deliver(partners)
    await pause(TRICKLE_MS, undefined, { signal }).catch(() => undefined)
  }
}

const deliver = (partners: Partners) => partners.deliver(AS_PARTNERS_DO)
