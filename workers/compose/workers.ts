import type { ProcessRole } from '#config/schema.ts'
import { resolveSuperseded } from '#core/deadletter/resolve.ts'
import { BULK_PRIORITY, inLaneOf } from '#core/kernel/lane.ts'
import { createSweep } from '#core/sync/sweep.ts'
import { consumeWorker } from '../consume.ts'
import { every } from '../every.ts'
import { retain } from '../maintenance/retention.ts'
import { pollerWorker } from '../poller/poller.ts'
import { subscriptionsWorker } from '../poller/subscriptions.ts'
import type { Worker } from '../worker.ts'
import { type Base, subscribeSettings } from './base.ts'
import type { Engine } from './engine.ts'
import type { Mappings } from './mappings.ts'

const HOUR_MS = 3_600_000

type LoopRole = Exclude<ProcessRole, 'web'>

/** The loops of this process: what every process does, and what its roles add. */
export function workersOf(base: Base, engine: Engine, mappings: Mappings): Worker[] {
  const watch = watchWorker(base)
  const ofRole: Record<LoopRole, () => Worker[]> = {
    maintenance: () => [
      ...maintenanceWorkers(base, () => watch.known().filter(isResting(engine))),
      ...orderWorkers(base, engine),
      ...stockWorkers(base, engine),
    ],
    deliverer: () => [
      consumeWorker('deliverer', base.queue, {
        topic: 'deliver',
        handler: engine.deliver,
        concurrency: base.config.engine.deliverConcurrency,
      }),
      consumeWorker('publisher', base.queue, {
        topic: 'publish',
        handler: engine.deliver,
        concurrency: base.config.engine.publishConcurrency,
      }),
    ],
    translator: () => [
      consumeWorker('translator', base.queue, {
        topic: 'translate',
        handler: engine.translate,
        concurrency: base.config.engine.translateConcurrency,
      }),
    ],
    poller: () => [
      pollerWorker({ ...base, ...engine }),
      subscriptionsWorker({ ...base, ...subscribeSettings(base.config) }),
    ],
  }
  const roles = base.config.roles.filter((role): role is LoopRole => role !== 'web')
  return [watch.worker, ...sharedWorkers(base, engine, mappings), ...roles.flatMap(role => ofRole[role]())]
}

const isResting =
  ({ breakers }: Engine) =>
  (connection: string): boolean =>
    breakers.openUntil(connection) !== null

/** Writes the minutes down, and knows the connections. */
function watchWorker({ clock, random, directory, telemetry }: Base) {
  let known: string[] = []
  const worker = every({
    ...{ name: 'telemetry', everyMs: 1_000, clock, random },
    async run() {
      known = (await directory.list()).map(({ id }) => id)
      await telemetry.flush()
    },
  })
  return { worker, known: () => known }
}

function sharedWorkers({ clock, random }: Base, engine: Engine, { catalogue }: Mappings): Worker[] {
  const second = { everyMs: 1_000, clock, random }
  return [
    every({ name: 'drift', ...second, run: () => engine.drift.flush() }),
    every({ name: 'circuits', ...second, run: () => engine.breakers.refresh() }),
    every({ name: 'mappings', ...second, run: () => catalogue.refresh() }),
  ]
}

/** Safe in any number of processes: each sweeps, and the queue and the claims make one of what several find. */
function maintenanceWorkers(base: Base, resting: () => string[]): Worker[] {
  const { config, clock, random } = base
  const { sweepMs, leaseMs } = config.engine
  const sweep = createSweep({ ...base, resting, leaseMs })
  return [
    every({
      ...{ name: 'sweeper', everyMs: sweepMs, clock, random },
      run: async () => void (await sweep()),
    }),
    every({
      ...{ name: 'retention', everyMs: HOUR_MS, clock, random },
      run: async (signal, alive) =>
        void (await retain({ ...base, retention: config.retention, signal, alive })),
    }),
    every({
      ...{ name: 'superseded', everyMs: 30_000, clock, random },
      run: async () => void (await resolveSuperseded(base)),
    }),
  ]
}

/** Held orders and those that must be shipped; each act happens once, however many processes look. */
function orderWorkers({ clock, random }: Base, { orchestration }: Engine): Worker[] {
  return [
    every({
      ...{ name: 'holds', everyMs: 30_000, clock, random },
      run: async () => void (await orchestration.watchHolds()),
    }),
    every({
      ...{ name: 'ship-by', everyMs: 60_000, clock, random },
      run: async () => void (await orchestration.alertShipBy()),
    }),
  ]
}

/** What is due in the ledger of stock, and its nightly compare. */
function stockWorkers({ clock, random }: Base, { inventory }: Engine): Worker[] {
  if (!inventory) return []
  const { keeper, compare } = inventory
  return [
    every({
      ...{ name: 'stock', everyMs: 1_000, clock, random },
      run: async () => void (await inLaneOf(BULK_PRIORITY, () => keeper.reviewDue(STOCK_PAGE))),
    }),
    every({
      ...{ name: 'stock-compare', everyMs: 5_000, clock, random },
      run: () => inLaneOf(BULK_PRIORITY, () => compare.step()),
    }),
  ]
}

/** Items looked at in a second because of the time. */
const STOCK_PAGE = 500
