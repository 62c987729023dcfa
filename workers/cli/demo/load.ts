import { setTimeout as pause } from 'node:timers/promises'
import { createMerchant } from './merchant.ts'
import type { Partners } from './partners.ts'
import { type Sample, sendSample } from './samples.ts'

/** Webhooks come twice, in any order, and some later than others: as partners really send them. */
const AS_PARTNERS_DO = { concurrency: 8, duplicate: 0.1, shuffle: true, holdBack: 0.15 }

const TICK_MS = 40
const SETTLE_TICK_MS = 250
const TRICKLE_MS = 2_000

interface LoadOf {
  partners: Partners
  samples: readonly Sample[]
  orders: number
  signal: AbortSignal
}

/** Every order placed, paid, changed, shipped, refunded or cancelled, while what it says is being sent. */
export async function runLoad({ partners, samples, orders, signal }: LoadOf): Promise<void> {
  for (const sample of samples) sendSample(partners, sample)
  const merchant = createMerchant(partners.shop)
  while (!signal.aborted && (partners.shop.orders.size < orders || merchant.busy())) {
    if (partners.shop.orders.size < orders) merchant.place()
    merchant.work(4)
    await Promise.all([deliver(partners), pause(TICK_MS)])
  }
}

interface SettleOf {
  partners: Partners
  isSettled(): Promise<boolean>
  /** Aborts when the time is over. */
  signal: AbortSignal
}

/** Sends what is held back or failed until all is accounted for; false if that did not come in time. */
export async function settle({ partners, isSettled, signal }: SettleOf): Promise<boolean> {
  for (; !signal.aborted; await pause(SETTLE_TICK_MS)) {
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
