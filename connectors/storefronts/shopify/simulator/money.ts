import { exponentOf, formatScaled, toScaled } from '../../../sdk/index.ts'
import type { MoneySet } from './rest-types.ts'

/** An amount in whole minor units, in the shop's currency and in the buyer's. Both sides balance by themselves. */
export interface Pair {
  readonly shop: number
  readonly buyer: number
}

export interface Currencies {
  readonly shop: string
  readonly buyer: string
  /** Units of the buyer's currency for one of the shop's. */
  readonly rate: number
}

export const NOTHING: Pair = { shop: 0, buyer: 0 }

export const add = (...pairs: Pair[]): Pair => ({
  shop: pairs.reduce((sum, pair) => sum + pair.shop, 0),
  buyer: pairs.reduce((sum, pair) => sum + pair.buyer, 0),
})

export const minus = (from: Pair, pair: Pair): Pair => ({
  shop: from.shop - pair.shop,
  buyer: from.buyer - pair.buyer,
})

/** A share of an amount, rounded to the minor unit on each side. */
export const times = ({ shop, buyer }: Pair, factor: number): Pair => ({
  shop: Math.round(shop * factor),
  buyer: Math.round(buyer * factor),
})

/** A price in minor units of the shop's currency, with what the buyer sees. */
export const priced = (shop: number, { shop: from, buyer, rate }: Currencies): Pair => ({
  shop,
  buyer: from === buyer ? shop : Math.round((shop / 10 ** digits(from)) * rate * 10 ** digits(buyer)),
})

export const text = (minor: number, currency: string): string =>
  formatScaled(BigInt(minor) * 10n ** BigInt(9 - digits(currency)), digits(currency))

export const moneySet = ({ shop, buyer }: Pair, currencies: Currencies): MoneySet => ({
  shop_money: { amount: text(shop, currencies.shop), currency_code: currencies.shop },
  presentment_money: { amount: text(buyer, currencies.buyer), currency_code: currencies.buyer },
})

/** The way back, for changes of an order that only its payload describes. */
export const pairOf = ({ shop_money, presentment_money }: MoneySet): Pair => ({
  shop: minorOf(shop_money.amount, shop_money.currency_code),
  buyer: minorOf(presentment_money.amount, presentment_money.currency_code),
})

const minorOf = (amount: string, currency: string): number =>
  Number(toScaled(amount) / 10n ** BigInt(9 - digits(currency)))

const digits = (currency: string): number => exponentOf(currency) ?? 2
