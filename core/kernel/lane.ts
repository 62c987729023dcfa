import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * From this priority on, work comes in bulk and may wait a moment: stock, catalogue, backfill. Before it are orders and what
 * refers to them.
 */
export const BULK_PRIORITY = 20

const lanes = new AsyncLocalStorage<'express' | 'bulk'>()

/**
 * Runs work in the lane of its priority. The lane travels with the work, so that no signature between the queue that knows the
 * priority and the driver that minds it has to name it.
 */
export const inLaneOf = <T>(priority: number, work: () => T): T =>
  lanes.run(priority < BULK_PRIORITY ? 'express' : 'bulk', work)

/** Whether this is work that may wait. What nobody gave a priority may not: people and partners wait for it. */
export const isBulk = (): boolean => lanes.getStore() === 'bulk'
