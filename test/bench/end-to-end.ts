import { type FastErp, fastErp } from './fast-erp.ts'
import { type MeasuredChild, measuredChild } from './measured-child.ts'
import { median, quantile } from './quantile.ts'
import { callers, type Pace, pace, send, signedOrders, untilArrived } from './signed-orders.ts'

export interface EndToEndFigures {
  /** Orders per CPU second of the hub's process, as a part of the straight line's. */
  vsStraight: number
  /** The same by the clock on the wall. */
  vsStraightWall: number
  ordersPerSecond: number
  /** Milliseconds from the webhook's first byte to the ERP's, at a rate far below what it can do. */
  p50Ms: number
  p99Ms: number
}

const ORDERS = 1_000
const ROUNDS = 4
/** Orders a second while latency is measured. */
const QUIET_RATE = 100
const QUIET_ORDERS = 400

/** Signed webhooks into a process, PUTs out of it into a fast ERP: the hub against the straight line, in turns. */
export async function benchEndToEnd(): Promise<EndToEndFigures> {
  const erp = await fastErp()
  const child = (script: string) => measuredChild(new URL(script, import.meta.url), String(erp.port))
  const straight = await child('straight-line.ts')
  const hub = await child('end-to-end-hub.ts')
  try {
    for (const server of [straight, hub]) await pace(server, erp, 300)
    const rounds: { straight: Pace; hub: Pace }[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ straight: await pace(straight, erp, ORDERS), hub: await pace(hub, erp, ORDERS) })
    const latencies = await quietLatencies(hub, erp)
    return {
      vsStraight: median(rounds.map(round => round.hub.perCpuSecond / round.straight.perCpuSecond)),
      vsStraightWall: median(rounds.map(round => round.hub.perSecond / round.straight.perSecond)),
      ordersPerSecond: median(rounds.map(round => round.hub.perSecond)),
      p50Ms: quantile(latencies, 0.5),
      p99Ms: quantile(latencies, 0.99),
    }
  } finally {
    await Promise.all([straight.stop(), hub.stop()])
    await erp.close()
  }
}

async function quietLatencies(server: MeasuredChild, erp: FastErp): Promise<number[]> {
  const orders = signedOrders(QUIET_ORDERS)
  const sentAt = new Map<number, number>()
  const agent = callers()
  const startedAt = performance.now()
  const sent = orders.map(async (order, index) => {
    await new Promise(resolve =>
      setTimeout(resolve, Math.max(1, startedAt + (index * 1_000) / QUIET_RATE - performance.now())),
    )
    sentAt.set(order.id, performance.now())
    await send({ port: server.port, agent }, order)
  })
  await Promise.all(sent)
  await untilArrived(erp, orders)
  agent.destroy()
  return orders.map(({ id }) => erp.arrived.get(id)! - sentAt.get(id)!)
}

if (import.meta.main) console.log(await benchEndToEnd())
