import { seeded } from '../support/seeded.ts'
import type { Figure } from './figure.ts'
import { FlashSale, type FlashSaleResult, type Policy } from './flash-sale/flash-sale.ts'

/**
 * Four channels, 50 SKUs, 10,000 buyers in three simulated minutes, an ERP that takes two seconds and is away for one
 * minute, webhooks that are late and come twice; once with the ledger's own reducers, once with what plain copying does.
 */
export function runFlashSale(policy: Policy, seed = 42): FlashSaleResult {
  return new FlashSale({ policy, random: seeded(seed) }).run()
}

export function benchFlashSale(): Figure[] {
  const guarded = runFlashSale('guarded')
  const copied = runFlashSale('copied')
  return [
    { name: 'flashSaleOversold', value: guarded.oversold, atMost: 0, what: 'units oversold with the guard' },
    {
      name: 'flashSaleOversoldCopied',
      value: copied.oversold,
      atLeast: 1,
      what: 'units oversold by copying',
    },
    { name: 'flashSaleSoldShare', value: guarded.soldShare, what: 'of the units that were asked for, sold' },
    { name: 'flashSaleP50Ms', value: guarded.p50Ms, what: 'ms from stock change to channel write, median' },
    {
      name: 'flashSaleP99Ms',
      value: guarded.p99Ms,
      atMost: 1_000,
      what: 'ms from stock change to channel write, 99th percentile',
    },
    { name: 'flashSaleConflation', value: guarded.conflation, what: 'changes of stock ÷ writes to channels' },
  ]
}
