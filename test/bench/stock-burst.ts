import { setTimeout as pause } from 'node:timers/promises'
import { type FastErp, fastErp } from './fast-erp.ts'
import type { Figure } from './figure.ts'
import { type MeasuredChild, measuredChild } from './measured-child.ts'
import { median, quantile } from './quantile.ts'
import { callers, send, signedOrders, untilArrived } from './signed-orders.ts'
import { CHANNELS, limitedPartner } from './stock-burst/limited-channel.ts'

const SKUS = 10_000
const FIGURES = SKUS * CHANNELS.length
const ROUNDS = 3
const ORDERS_PER_SECOND = 20
const IDLE_ORDERS = 200
const PATIENCE_MS = 600_000
/** The first counts; every round has others, or nothing would change. */
const UNITS = 1_000

interface Round {
  idle: number[]
  busy: number[]
  published: number
  seconds: number
  cpuSeconds: number
  stallP99Ms: number
  stallMaxMs: number
}

type Partner = Awaited<ReturnType<typeof limitedPartner>>

interface Bench {
  hub: MeasuredChild
  erp: FastErp
  partner: Partner
}

/**
 * Every item of a source is counted anew at once, for four channels that take four calls a second; meanwhile orders come as
 * before. Rounds of rest and of burst alternate; the hub is a process of its own, the load and the partners another.
 */
export async function benchStockBurst(): Promise<Figure[]> {
  const [erp, partner] = await Promise.all([fastErp(), limitedPartner()])
  const script = new URL('stock-burst/burst-hub.ts', import.meta.url)
  const hub = await measuredChild(script, String(erp.port), partner.url)
  try {
    await latencies({ hub, erp }, 100)
    const rounds: Round[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push(await measured({ hub, erp, partner }, UNITS + round))
    return figuresOf(rounds, partner.counts())
  } finally {
    await hub.stop()
    await Promise.all([erp.close(), partner.close()])
  }
}

async function measured({ hub, erp, partner }: Bench, units: number): Promise<Round> {
  const idle = await latencies({ hub, erp }, IDLE_ORDERS)
  const cpuBefore = await hub.cpuSeconds()
  await hub.ask('stalls')
  const startedAt = performance.now()
  const published = () => CHANNELS.reduce((sum, one) => sum + partner.showing(one, units), 0)
  const counted = hub.ask(`count ${units} ${SKUS}`)
  const busy: number[] = []
  while (published() < FIGURES && performance.now() - startedAt < PATIENCE_MS)
    busy.push(...(await latencies({ hub, erp }, ORDERS_PER_SECOND)))
  await counted
  const seconds = (performance.now() - startedAt) / 1_000
  const stalls = (await hub.ask('stalls')) as { p99: number; max: number }
  const cpuSeconds = (await hub.cpuSeconds()) - cpuBefore
  const [stallP99Ms, stallMaxMs] = [stalls.p99, stalls.max]
  return { idle, busy, published: published(), seconds, cpuSeconds, stallP99Ms, stallMaxMs }
}

/** Milliseconds from webhook to ERP of orders that come one by one. */
async function latencies({ hub, erp }: Omit<Bench, 'partner'>, count: number): Promise<number[]> {
  const orders = signedOrders(count)
  const sentAt = new Map<number, number>()
  const agent = callers()
  const sent: Promise<void>[] = []
  for (const order of orders) {
    await pause(1_000 / ORDERS_PER_SECOND)
    sentAt.set(order.id, performance.now())
    sent.push(send({ port: hub.port, agent }, order))
  }
  await Promise.all(sent)
  await untilArrived(erp, orders)
  agent.destroy()
  return orders.map(({ id }) => erp.arrived.get(id)! - sentAt.get(id)!)
}

const p95 = (values: readonly number[]): number => quantile(values, 0.95)

function figuresOf(
  rounds: readonly Round[],
  { calls, refused }: { calls: number; refused: number },
): Figure[] {
  const middle = (of: (round: Round) => number): number => median(rounds.map(of))
  return [
    {
      ...{ name: 'burstPublished', value: Math.min(...rounds.map(one => one.published)), atLeast: FIGURES },
      what: `of ${FIGURES} figures at their channel, in the worst of ${rounds.length} rounds`,
    },
    {
      ...{ name: 'burstRefused', value: refused, atMost: 0 },
      what: `calls beyond a partner’s limit, of ${calls + refused}`,
    },
    {
      ...{ name: 'burstSeconds', value: middle(one => one.seconds) },
      what: 'seconds until every channel showed every figure',
    },
    {
      ...{ name: 'burstCpuMsPerFigure', value: middle(one => (one.cpuSeconds * 1_000) / FIGURES) },
      what: 'CPU ms of the hub for each figure, the orders meanwhile included',
    },
    {
      ...{ name: 'burstStallP99Ms', value: middle(one => one.stallP99Ms) },
      what: 'ms that the hub’s event loop stood still, p99',
    },
    {
      ...{ name: 'burstStallMaxMs', value: middle(one => one.stallMaxMs) },
      what: 'ms of its longest standstill',
    },
    {
      ...{ name: 'burstOrdersP95IdleMs', value: middle(one => p95(one.idle)) },
      what: 'ms from webhook to ERP when nothing else happens, p95',
    },
    {
      ...{ name: 'burstOrdersP95Ms', value: middle(one => p95(one.busy)) },
      what: 'the same during the burst',
    },
    {
      ...{ name: 'burstOrdersVsIdle', value: middle(one => p95(one.busy) / p95(one.idle)), atMost: 2 },
      what: 'orders’ p95 during the burst ÷ before it',
    },
    {
      ...{ name: 'burstOrdersVsIdleP50', value: middle(one => median(one.busy) / median(one.idle)) },
      what: 'the same of the median',
    },
  ]
}

if (import.meta.main) console.table(await benchStockBurst())
