import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { BENCH_CONNECTION, BENCH_SECRET } from './load.ts'
import { type MeasuredChild, measuredChild } from './measured-child.ts'
import { sampleOrder } from './sample-order.ts'

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

const CONNECTIONS = 50
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

interface FastErp {
  port: number
  /** When each order id arrived. */
  arrived: Map<number, number>
  close(): Promise<void>
}

/** Answers at once; in the parent, so that what it costs is on neither side's account. */
async function fastErp(): Promise<FastErp> {
  const arrived = new Map<number, number>()
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    const id = Number(/(\d+)$/.exec(decodeURIComponent(incoming.url ?? ''))?.[1])
    if (incoming.method === 'PUT' && !arrived.has(id)) arrived.set(id, performance.now())
    const answer = `{"id":"${id}"}`
    incoming
      .resume()
      .on('end', () =>
        response
          .writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length })
          .end(answer),
      )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    arrived,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

let lastOrder = 5_000_000

interface Prepared {
  id: number
  body: Buffer
  signature: string
}

/** Made and signed before the clock runs. */
const prepare = (count: number): Prepared[] =>
  Array.from({ length: count }, () => {
    const id = ++lastOrder
    const body = sampleOrder(id)
    return { id, body, signature: createHmac('sha256', BENCH_SECRET).update(body).digest('base64') }
  })

function send(
  { port, agent }: { port: number; agent: Agent },
  { id, body, signature }: Prepared,
): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-shopify-topic': 'orders/create',
    'x-shopify-shop-domain': 'acme.myshopify.com',
    'x-shopify-event-id': `event-${id}`,
    'x-shopify-hmac-sha256': signature,
  }
  return new Promise((resolve, reject) => {
    const path = `/webhooks/${BENCH_CONNECTION}`
    request({ host: '127.0.0.1', port, method: 'POST', path, agent, headers }, answer => {
      answer
        .resume()
        .on('end', () =>
          answer.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${answer.statusCode}`)),
        )
    })
      .on('error', reject)
      .end(body)
  })
}

interface Pace {
  perSecond: number
  perCpuSecond: number
}

async function pace(server: MeasuredChild, erp: FastErp, count: number): Promise<Pace> {
  const orders = prepare(count)
  const queue = [...orders]
  // Of this round alone: a server closes connections that rest between two rounds.
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const to = { port: server.port, agent }
  const cpuBefore = await server.cpuSeconds()
  const startedAt = performance.now()
  const caller = async (): Promise<void> => {
    for (let next = queue.pop(); next; next = queue.pop()) await send(to, next)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, caller))
  await untilArrived(erp, orders)
  agent.destroy()
  const seconds = (performance.now() - startedAt) / 1_000
  const cpu = (await server.cpuSeconds()) - cpuBefore
  return { perSecond: count / seconds, perCpuSecond: count / cpu }
}

async function untilArrived({ arrived }: FastErp, orders: readonly Prepared[]): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!orders.every(({ id }) => arrived.has(id))) {
    if (performance.now() > deadline) throw new Error('Orders are missing at the ERP after a minute.')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

async function quietLatencies(server: MeasuredChild, erp: FastErp): Promise<number[]> {
  const orders = prepare(QUIET_ORDERS)
  const sentAt = new Map<number, number>()
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
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

const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!

const median = (values: readonly number[]): number => quantile(values, 0.5)

if (import.meta.main) console.log(await benchEndToEnd())
