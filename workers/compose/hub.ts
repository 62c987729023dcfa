import type { HubConfig, ProcessRole } from '#config/schema.ts'
import { cachedFor } from '#core/accounts/cached-for.ts'
import { createHealth } from '#core/health/snapshot.ts'
import { createDrain } from '../drain.ts'
import { supervise } from '../supervise.ts'
import { version } from '../version.ts'
import type { HttpWorker } from '../web/http-worker.ts'
import { createOps } from '../web/ops/create-ops.ts'
import { opsWorker } from '../web/ops/ops-worker.ts'
import { webWorker } from '../web/web-worker.ts'
import { type Base, composeBase, type Seams } from './base.ts'
import { composeEngine, type Engine } from './engine.ts'
import { composeMappings, type Mappings } from './mappings.ts'
import { workersOf } from './workers.ts'

export interface Hub {
  /** Where this process takes webhooks and people; empty without the web role. */
  readonly url: string
  /** Where it answers `/livez`, `/readyz` and `/metrics`: the same as `url` with the web role. */
  readonly opsUrl: string
  readonly base: Base
  /** Not ready from now on, and takes no new work; requests are still answered, so that a load balancer can move on. */
  drain(): void
  /**
   * Drains, waits for what runs, at most `engine.drainMs`, then breaks its calls off so that it is handed back, and
   * closes the store. `SHUTDOWN` if something did not end even then: its leases give it back.
   */
  stop(): Promise<void>
}

export interface HubOptions extends Seams {
  mappingsDir?: string
  /** A worker met an error that must end the process. */
  onHalt?(error: Error): void
}

/** Puts a hub together from its configuration and starts it. */
export async function startHub(config: HubConfig, options: HubOptions = {}): Promise<Hub> {
  const { mappingsDir = 'mappings', onHalt = () => undefined, ...seams } = options
  const base = await composeBase(config, true, seams)
  const mappings = await composeMappings(base, mappingsDir).catch(async error => {
    await base.close()
    throw error
  })
  const engine = composeEngine(base, mappings)
  const work = supervise(workersOf(base, engine, mappings), { ...base, onHalt })
  const draining = () => drain.begun()
  const door = doorOf({
    base,
    engine,
    mappings,
    draining,
    workers: () => [...doors.health(), ...work.health()],
  })
  const doors = supervise([door], { ...base, onHalt })
  const drain = createDrain({
    ...{ work, doors, base },
    closesLast: !config.roles.includes('web'),
    hangUp: door.hangUp,
    // What the translators saw in the last second.
    flush: () => engine.drift.flush(),
  })
  try {
    const opsUrl = await door.listening
    const url = config.roles.includes('web') ? opsUrl : ''
    return { url, opsUrl, base, drain: drain.begin, stop: drain.stop }
  } catch (error) {
    await drain.stop()
    throw error
  }
}

interface DoorParts {
  base: Base
  engine: Engine
  mappings: Mappings
  draining(): boolean
  workers: Parameters<typeof createOps>[0]['workers']
}

/** Roles of which a process can do nothing without a queue that hands out jobs. */
const HANDED_WORK: readonly ProcessRole[] = ['translator', 'deliverer']

/** Every process answers machines; one with the web role answers everybody else at the same port. */
function doorOf({ base, engine, mappings, draining, workers }: DoorParts): HttpWorker {
  const { roles, flows, opsPort } = base.config
  const shipBy = cachedFor({ clock: base.clock, ttlMs: 15_000, load: engine.orchestration.shipBy })
  const health = createHealth({
    ...{ ...base, flows, breakers: engine.breakers },
    shipBy: () => shipBy.get('all'),
    stock: engine.inventory?.survey,
  })
  const needsQueue = roles.every(role => HANDED_WORK.includes(role))
  const ops = createOps({ ...base, health, workers, version, draining, needsQueue })
  return roles.includes('web')
    ? webWorker({ base, engine, mappings, health, ops, draining })
    : opsWorker({ ops, port: opsPort })
}
