import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import type { FastErp } from './fast-erp.ts'
import { BENCH_CONNECTION, BENCH_SECRET } from './load.ts'
import type { MeasuredChild } from './measured-child.ts'
import { sampleOrder } from './sample-order.ts'

const CONNECTIONS = 50

let lastOrder = 5_000_000

export interface SignedOrder {
  id: number
  body: Buffer
  signature: string
}

/** Made and signed before the clock runs. */
export const signedOrders = (count: number): SignedOrder[] =>
  Array.from({ length: count }, () => {
    const id = ++lastOrder
    const body = sampleOrder(id)
    return { id, body, signature: createHmac('sha256', BENCH_SECRET).update(body).digest('base64') }
  })

/** Resolves when the hub has answered 200. */
export function send(
  { port, agent }: { port: number; agent: Agent },
  { id, body, signature }: SignedOrder,
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

/** Keeps connections alive for as long as it is used: a server closes those that rest between two rounds. */
export const callers = (): Agent => new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

export interface Pace {
  perSecond: number
  perCpuSecond: number
}

/** `count` orders as fast as they go, from the first webhook to the last PUT. */
export async function pace(
  server: Pick<MeasuredChild, 'port' | 'cpuSeconds'>,
  erp: FastErp,
  count: number,
): Promise<Pace> {
  const orders = signedOrders(count)
  const queue = [...orders]
  const agent = callers()
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

export async function untilArrived(
  { arrived }: Pick<FastErp, 'arrived'>,
  orders: readonly Pick<SignedOrder, 'id'>[],
): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!orders.every(({ id }) => arrived.has(id))) {
    if (performance.now() > deadline) throw new Error('Orders are missing at the ERP after a minute.')
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}
