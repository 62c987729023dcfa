import { setTimeout as pause } from 'node:timers/promises'
import { createErpSimulator } from '#connectors/erp/rest/simulator.ts'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { declaredHub } from '../support/declared.ts'
import { withDatabase } from '../support/mongo.ts'
import type { MongoServer } from '../support/mongo-server.ts'
import { RedisServer } from '../support/redis-server.ts'
import { seeded } from '../support/seeded.ts'
import { Acknowledged } from './storm/compare.ts'
import { createKey, untilDrained } from './storm/drain.ts'
import { type Fleet, fleetOf } from './storm/fleet.ts'
import { type Mishap, startMishaps } from './storm/mishaps.ts'
import { ERP_TIMEOUT_MS, FAULTS, SECRET, type StormOptions, type StormReport } from './storm/options.ts'
import { planOf } from './storm/plan.ts'
import { sendAll } from './storm/send.ts'

export interface DistributedStormOptions extends StormOptions {
  /** Of the storm's own, running: it is killed. */
  mongo: MongoServer
}

export interface DistributedStormReport extends StormReport {
  /** Processes that ended although nobody killed them. */
  ended: string[]
}

/** The second maintenance process is one too many, and harmless. */
const ROLES = [
  ...['web', 'web', 'translator', 'translator'],
  ...['deliverer', 'deliverer', 'maintenance', 'maintenance'],
]

/** Work in the hands of what dies is taken up after this; the default of a minute would only make the storm longer. */
const ENGINE = { leaseMs: 5_000 }

/** As `storm`, into many processes on MongoDB and Redis, both of which are lost on the way, Redis with all that it holds. */
export async function distributedStorm(options: DistributedStormOptions): Promise<DistributedStormReport> {
  const { mongo, strategy, progress } = options
  const started = Date.now()
  const random = seeded(options.seed)
  const erp = createErpSimulator({ random: seeded(options.seed + 1), faults: options.faults ?? FAULTS })
  const baseUrl = await erp.listen()
  const redis = await RedisServer.started('--maxmemory-policy', 'noeviction')
  const storeUrl = withDatabase(mongo.url, `storm_${strategy.replaceAll('-', '_')}_${options.seed}`)
  const declared = declaredHub({ baseUrl, secret: SECRET, erp: { strategy, timeoutMs: ERP_TIMEOUT_MS } })
  const config = { ...declared, engine: ENGINE }
  const fleet = await fleetOf({ config, storeUrl, queueUrl: redis.url, roles: ROLES })
  const plan = planOf(options.orders, random)
  const acknowledged = new Acknowledged()
  let sent = 0
  let kills = 0
  const atErp = () => erp.state().resources['order']?.records ?? 0
  const killing = killsOf(fleet, options.kills, random, () => kills++)
  const mishaps = startMishaps([...killing, ...outages(redis, mongo)], {
    done: () => (sent / plan.length + atErp() / options.orders) / 2,
    progress,
  })
  try {
    await fleet.start()
    await sendAll(plan, {
      urls: fleet.urls,
      acknowledged({ order }) {
        acknowledged.remember(order)
        if (++sent % 250 === 0) progress?.(`${sent} of ${plan.length} acknowledged, ${atErp()} at the ERP`)
      },
    })
    await mishaps.finished
    const key = await createKey(openMongoStore({ url: storeUrl }))
    const deadLetters = await untilDrained({ url: fleet.urls[0]!, key, progress })
    return {
      sent,
      acknowledged: acknowledged.orders,
      kills,
      ...acknowledged.compare(erp.records('order')),
      deadLetters,
      ended: fleet.ended(),
      seconds: (Date.now() - started) / 1_000,
    }
  } catch (error) {
    throw new Error(`${String(error)}\nThe hub said:\n${fleet.output()}`, { cause: error })
  } finally {
    await mishaps.stop()
    await fleet.kill()
    await Promise.all([erp.close(), redis.end()])
  }
}

/** Of whichever process, while it works and while the last of the work is done. */
function killsOf(fleet: Fleet, count: number, random: () => number, killed: () => void): Mishap[] {
  return Array.from({ length: count }, () => {
    const victim = fleet.processes[Math.floor(random() * fleet.processes.length)]!
    return {
      at: random() * 0.95,
      name: `SIGKILL of ${victim.name}`,
      async happen() {
        killed()
        await victim.replace()
      },
    }
  })
}

const outages = (redis: RedisServer, mongo: MongoServer): Mishap[] => [
  {
    at: 1 / 3,
    name: 'FLUSHALL',
    happen: async () => void (await redis.use(connection => connection.flushall())),
  },
  { at: 1 / 2, name: 'SIGKILL of MongoDB', happen: () => restarted(mongo) },
  { at: 2 / 3, name: 'SIGKILL of Redis', happen: () => restarted(redis) },
]

/** Long enough for everybody to notice. */
const AWAY_MS = 1_000

async function restarted(server: Pick<MongoServer, 'kill' | 'start'>): Promise<void> {
  await server.kill()
  await pause(AWAY_MS)
  await server.start()
}
