import type { AddressInfo } from 'node:net'
import type { Feed, Resource } from '../../sdk/index.ts'
import { type Account, createAccount } from './simulator/account.ts'
import type { Random } from './simulator/draw-order.ts'
import type { Asked } from './simulator/exchange.ts'
import { type App, createLogin } from './simulator/login.ts'
import { notify, orderChange } from './simulator/notify.ts'
import { createAmazonServer } from './simulator/server.ts'

export type { Account } from './simulator/account.ts'
export { notify, orderChange } from './simulator/notify.ts'

export interface AmazonSimulatorOptions extends App {
  now(): number
  /** From 0 to below 1: everything drawn comes from here. */
  random: Random
  accessKeyId: string
  onAsked?(asked: Asked): void
}

/** A seller account in one region with Login with Amazon, the Selling Partner API and its queue, limits enforced. */
export interface AmazonSimulator {
  readonly account: Account
  /** Gives an access token out, as if it had been asked for. */
  grant(): string
  expireTokens(): void
  tokensGiven(): number
  seed(feed: Feed, count: number, at: number): string[]
  touch(feed: Feed, id: string, at: number): void
  held(resource: Resource): { key: string; body: unknown; writes: number }[]
  /** Base URL; port 0. */
  listen(): Promise<string>
  close(): Promise<void>
}

export function createAmazonSimulator(options: AmazonSimulatorOptions): AmazonSimulator {
  const { now, random, accessKeyId, onAsked } = options
  const account = createAccount({ now, random })
  const login = createLogin(options, now)
  const server = createAmazonServer({ account, login, accessKeyId, ...(onAsked ? { onAsked } : {}) })
  return {
    account,
    grant: () => login.grant(),
    expireTokens: () => login.expireAll(),
    tokensGiven: () => login.given(),
    seed: (feed, count, at) =>
      Array.from({ length: count }, (_, index) => SEEDS[feed]?.(account, at + index * 1_000) ?? ''),
    touch: (feed, id, at) => touch(account, { feed, id, at }),
    held: resource => held(account, resource),
    listen: () =>
      new Promise(resolve => {
        server.listen(0, '127.0.0.1', () =>
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
        )
      }),
    close() {
      server.closeAllConnections()
      return new Promise(resolve => server.close(() => resolve()))
    },
  }
}

type Seed = (account: Account, at: number) => string

/** One more record of a feed, changed at the time given; returns its id. */
const SEEDS: Partial<Record<Feed, Seed>> = {
  order: (account, at) => account.addOrder(at).id,
  queue(account, at) {
    const { id } = account.addOrder(at)
    notify(account, 'ORDER_CHANGE', orderChange(id, at), at)
    return id
  },
  inventory({ stock, next, random }, at) {
    const number = next()
    const sku = `FBA-${number}`
    stock.set(sku, {
      sku,
      asin: `B0${String(number).padStart(8, '0')}`,
      fulfillable: Math.floor(random() * 50),
      changedAt: at,
    })
    return sku
  },
  return({ returns, next }, at) {
    const number = next()
    const id = `return-${number}`
    const orderId = `902-${String(number).padStart(7, '0')}-0000001`
    returns.set(id, { id, orderId, sku: `SKU-${number}`, status: 'CREATED', createdAt: at, changedAt: at })
    return id
  },
  settlement({ reports, next }, at) {
    const number = next()
    const id = String(50_000_000_000 + number)
    const sale = {
      transaction: 'Order',
      orderId: `902-${String(number).padStart(7, '0')}-0000001`,
      sku: `SKU-${number}`,
    }
    const rows = [
      { ...sale, type: 'ItemPrice', description: 'Principal', cents: 2_999 },
      { ...sale, type: 'ItemPrice', description: 'Shipping', cents: 499 },
      { ...sale, type: 'ItemFees', description: 'Commission', cents: -450 },
      {
        transaction: 'other-transaction',
        orderId: '',
        type: 'other-transaction',
        description: 'Current Reserve Amount',
        cents: -1_000,
        sku: '',
      },
    ]
    reports.set(id, {
      id,
      createdAt: at,
      settlement: { id: `1890${number}`, start: at - 14 * 86_400_000, end: at, rows },
    })
    return id
  },
}

function touch(account: Account, { feed, id, at }: { feed: Feed; id: string; at: number }): void {
  const { orders, stock, returns, reports } = account
  const record = { order: orders, queue: orders, inventory: stock, return: returns }[feed as string]?.get(id)
  if (record) record.changedAt = at
  if (feed === 'queue') notify(account, 'ORDER_CHANGE', orderChange(id, at), at)
  const report = feed === 'settlement' ? reports.get(id) : undefined
  if (report) report.createdAt = at
}

function held(
  { orders, listings }: Account,
  resource: Resource,
): { key: string; body: unknown; writes: number }[] {
  if (resource === 'inventory')
    return [...listings.values()].map(({ sku, quantity, writes }) => ({
      key: sku,
      body: { quantity },
      writes,
    }))
  return [...orders.values()].flatMap(({ id, packages }) =>
    packages.map(({ writes, ...body }) => ({ key: `${id}/${body.reference}`, body, writes })),
  )
}
