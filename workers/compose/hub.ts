import type { HubConfig, ProcessRole } from '#config/schema.ts'
import { resolveSuperseded } from '#core/deadletter/resolve.ts'
import { createHealth } from '#core/health/snapshot.ts'
import { sweep } from '#core/sync/sweep.ts'
import { consumeWorker } from '../consume.ts'
import { every } from '../every.ts'
import { retain } from '../maintenance/retention.ts'
import { pollerWorker } from '../poller/poller.ts'
import { supervise } from '../supervise.ts'
import { webWorker } from '../web/web-worker.ts'
import type { Worker } from '../worker.ts'
import { type Base, composeBase, type Seams } from './base.ts'
import { composeEngine, type Engine } from './engine.ts'
import { composeMappings, type Mappings } from './mappings.ts'

export interface Hub {
  /** Where this process answers; empty without the web role. */
  readonly url: string
  readonly base: Base
  /** Takes nothing new, ends what runs, closes the store. */
  stop(): Promise<void>
}

export interface HubOptions extends Seams {
  mappingsDir?: string
  /** A worker met an error that must end the process. */
  onHalt?(error: Error): void
}

const HOUR_MS = 3_600_000

/** Puts a hub together from its configuration and starts it. */
export async function startHub(config: HubConfig, options: HubOptions = {}): Promise<Hub> {
  const { mappingsDir = 'mappings', onHalt = () => undefined, ...seams } = options
  const base = await composeBase(config, true, seams)
  const mappings = await composeMappings(base, mappingsDir).catch(async error => {
    await base.close()
    throw error
  })
  const engine = composeEngine(base, mappings)
  const health = createHealth({ ...base, flows: config.flows, breakers: engine.breakers })
  const web = config.roles.includes('web')
    ? webWorker({ base, engine, mappings, health, workers: () => supervisor.health() })
    : null
  const workers = [...workersOf(base, engine, mappings), ...(web ? [web] : [])]
  const supervisor = supervise(workers, { ...base, onHalt })
  async function stop(): Promise<void> {
    await supervisor.stop()
    // What the translators saw in the last second.
    await engine.drift.flush().finally(() => base.close())
  }
  try {
    const url = (await web?.listening) ?? ''
    return { url, base, stop }
  } catch (error) {
    await supervisor.stop()
    await base.close()
    throw error
  }
}

/** In the order in which they start; they stop in the opposite one, so that the door closes before the work ends. */
function workersOf(base: Base, engine: Engine, { catalogue }: Mappings): Worker[] {
  const { config, store, queue, clock, telemetry, directory } = base
  const { translateConcurrency, deliverConcurrency, sweepMs } = config.engine
  const ofRole: Record<ProcessRole, () => Worker[]> = {
    maintenance: () => [
      every({
        name: 'sweeper',
        everyMs: sweepMs,
        clock,
        run: async () => void (await sweep({ store, queue, clock, resting })),
      }),
      every({
        name: 'retention',
        everyMs: HOUR_MS,
        clock,
        run: async () => void (await retain(store, clock, config.retention)),
      }),
      every({
        name: 'superseded',
        everyMs: 30_000,
        clock,
        run: async () => void (await resolveSuperseded(base)),
      }),
    ],
    deliverer: () => [
      consumeWorker('deliverer', queue, {
        topic: 'deliver',
        handler: engine.deliver,
        concurrency: deliverConcurrency,
      }),
    ],
    translator: () => [
      consumeWorker('translator', queue, {
        topic: 'translate',
        handler: engine.translate,
        concurrency: translateConcurrency,
      }),
    ],
    poller: () => [pollerWorker({ ...base, ...engine })],
    web: () => [],
  }
  let known: string[] = []
  const resting = () => known.filter(id => engine.breakers.openUntil(id) !== null)
  const watch = every({
    name: 'telemetry',
    everyMs: 1_000,
    clock,
    async run() {
      known = (await directory.list()).map(({ id }) => id)
      await telemetry.flush()
    },
  })
  const published = every({
    name: 'mappings',
    everyMs: 1_000,
    clock,
    run: () => catalogue.refresh(),
  })
  const circuits = every({
    name: 'circuits',
    everyMs: 1_000,
    clock,
    run: () => engine.breakers.refresh(),
  })
  const drift = every({ name: 'drift', everyMs: 1_000, clock, run: () => engine.drift.flush() })
  return [
    watch,
    drift,
    circuits,
    published,
    ...(['maintenance', 'deliverer', 'translator', 'poller'] as const)
      .filter(role => config.roles.includes(role))
      .flatMap(role => ofRole[role]()),
  ]
}
