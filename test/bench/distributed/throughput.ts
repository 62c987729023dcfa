import { cpus } from 'node:os'
import { type FastErp, fastErp } from '../fast-erp.ts'
import { measuredChild } from '../measured-child.ts'
import { median } from '../quantile.ts'
import { type Pace, pace } from '../signed-orders.ts'
import { hubProcessOn, type Team, team } from './hub-team.ts'
import type { Servers } from './servers.ts'

const WARM_UP = 300
const ORDERS = 600
const ROUNDS = 5

const LAYOUTS = {
  'one process': [['all']],
  'web, translator, deliverer': [['web', 'maintenance'], ['translator'], ['deliverer']],
} as const

export interface ThroughputFigures {
  /** Orders per second on Redis and MongoDB, as a part of those of the embedded drivers; the better layout. */
  vsEmbedded: number
  perSecond: number
  layout: string
}

/** The work of the end-to-end bench on the embedded drivers and on Redis and MongoDB, in turns. */
export async function benchThroughput(servers: Servers): Promise<ThroughputFigures> {
  const erp = await fastErp()
  const embedded = team([
    await measuredChild(new URL('../end-to-end-hub.ts', import.meta.url), String(erp.port)),
  ])
  try {
    const figures: ThroughputFigures[] = []
    for (const [layout, processes] of Object.entries(LAYOUTS)) {
      const members = await Promise.all(
        processes.map(roles => hubProcessOn(servers, { erpPort: erp.port, roles })),
      )
      const distributed = team(members)
      figures.push(await inTurns({ layout, servers, erp, embedded, distributed }).finally(distributed.stop))
    }
    return figures.reduce((best, one) => (one.vsEmbedded > best.vsEmbedded ? one : best))
  } finally {
    await embedded.stop()
    await erp.close()
  }
}

interface Sides {
  layout: string
  servers: Servers
  erp: FastErp
  embedded: Team
  distributed: Team
}

async function inTurns({ layout, servers, erp, embedded, distributed }: Sides): Promise<ThroughputFigures> {
  for (const server of [embedded, distributed]) await pace(server, erp, WARM_UP)
  const rounds: { embedded: Pace; distributed: Spent }[] = []
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({
      embedded: await pace(embedded, erp, ORDERS),
      distributed: await spent(servers, () => pace(distributed, erp, ORDERS)),
    })
  const of = (read: (round: (typeof rounds)[number]) => number) => median(rounds.map(read))
  console.log(
    [
      `${layout}: ${of(round => round.distributed.perSecond).toFixed(0)} orders/s`,
      `(embedded ${of(round => round.embedded.perSecond).toFixed(0)}); CPU ms per order:`,
      `hub ${of(round => 1e3 / round.distributed.perCpuSecond).toFixed(2)}`,
      `(embedded ${of(round => 1e3 / round.embedded.perCpuSecond).toFixed(2)}),`,
      `Redis ${of(round => round.distributed.redisMs).toFixed(2)},`,
      `MongoDB and the system ${of(round => round.distributed.restMs).toFixed(2)}`,
    ].join(' '),
  )
  return {
    layout,
    vsEmbedded: of(round => round.distributed.perSecond / round.embedded.perSecond),
    perSecond: of(round => round.distributed.perSecond),
  }
}

type Spent = Pace & { redisMs: number; restMs: number }

/** Who spent the machine's time: what neither the hub nor Redis nor the bench itself used is MongoDB's, or another's. */
async function spent({ redis }: Servers, run: () => Promise<Pace>): Promise<Spent> {
  const used = async () => ({
    machine: busyMs(),
    own: process.cpuUsage(),
    redis: await redis.use(async client => cpuMsOf(await client.info('cpu'))),
  })
  const before = await used()
  const measured = await run()
  const after = await used()
  const { user, system } = process.cpuUsage(before.own)
  const redisMs = (after.redis - before.redis) / ORDERS
  const othersMs = (after.machine - before.machine - (user + system) / 1e3) / ORDERS
  return { ...measured, redisMs, restMs: othersMs - redisMs - 1e3 / measured.perCpuSecond }
}

const busyMs = (): number =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0)

const cpuMsOf = (info: string): number =>
  [...info.matchAll(/^used_cpu_(?:user|sys):([\d.]+)/gm)].reduce(
    (sum, [, seconds]) => sum + Number(seconds) * 1e3,
    0,
  )

const COUNTED = 300

/** Commands per order that one process with every role asks of MongoDB. */
export async function countCommands(servers: Servers): Promise<Record<string, number>> {
  const erp = await fastErp()
  const storeUrl = `${servers.storeUrl}${servers.storeUrl.includes('?') ? '&' : '?'}monitorCommands=true`
  const member = { erpPort: erp.port, roles: ['all'] as const, script: './counting-hub.ts' }
  const hub = await hubProcessOn({ ...servers, storeUrl }, member)
  try {
    await pace(hub, erp, COUNTED)
    const before = (await hub.ask('commands')) as Record<string, number>
    await pace(hub, erp, COUNTED)
    const after = (await hub.ask('commands')) as Record<string, number>
    return Object.fromEntries(
      Object.entries(after)
        .map(([name, count]) => [name, (count - (before[name] ?? 0)) / COUNTED] as const)
        .filter(([, perOrder]) => perOrder > 0)
        .toSorted(([, a], [, b]) => b - a),
    )
  } finally {
    await hub.stop()
    await erp.close()
  }
}
