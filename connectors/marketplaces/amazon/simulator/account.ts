import { drawOrder, type Random, type SimOrder } from './draw-order.ts'
import { createPager, type Pager } from './pager.ts'
import { createQueue, type SimQueue } from './queue.ts'
import type { SimSettlement } from './settlement-file.ts'

export interface SimStock {
  sku: string
  asin: string
  fulfillable: number
  changedAt: number
}

export interface SimListing {
  sku: string
  quantity: number
  writes: number
}

export interface SimReturn {
  id: string
  orderId: string
  sku: string
  status: string
  createdAt: number
  changedAt: number
}

export interface SimReport {
  id: string
  createdAt: number
  settlement: SimSettlement
}

export interface SimSubscription {
  type: string
  id: string
  destinationId: string
  payloadVersion: string
}

/** All that the simulated account holds. */
export interface Account {
  now(): number
  random: Random
  orders: Map<string, SimOrder>
  stock: Map<string, SimStock>
  listings: Map<string, SimListing>
  returns: Map<string, SimReturn>
  reports: Map<string, SimReport>
  destinations: Map<string, { id: string; name: string; arn: string }>
  subscriptions: Map<string, SimSubscription>
  queue: SimQueue
  pager: Pager
  addOrder(at: number): SimOrder
  /** Counts up; ids are made of it. */
  next(): number
}

export function createAccount({ now, random }: { now(): number; random: Random }): Account {
  let count = 0
  const next = () => ++count
  const orders = new Map<string, SimOrder>()
  return {
    ...{ now, random, orders, next },
    stock: new Map(),
    listings: new Map(),
    returns: new Map(),
    reports: new Map(),
    destinations: new Map(),
    subscriptions: new Map(),
    queue: createQueue(now),
    pager: createPager(),
    addOrder(at) {
      const order = drawOrder(random, next(), at)
      orders.set(order.id, order)
      return order
    },
  }
}
