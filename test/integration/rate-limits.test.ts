import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { LiveConnection } from '#core/accounts/live-connection.ts'
import type { Connector, Limits, Manifest } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { type WorkInHand, workInHand } from '#core/resilience/work-in-hand.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { createContextFor } from '#workers/compose/context-for.ts'
import { pollerWorker } from '#workers/poller/poller.ts'
import { WorkerState } from '#workers/worker-state.ts'

const manifest = (id: string, limits?: Limits): Manifest => ({
  ...{ id, name: id, kind: 'storefront', api: { version: '1', docs: 'https://partner.test' } },
  ...{ settings: { type: 'object' }, secrets: {}, topics: {}, limits },
  polls: { order: { everySeconds: 300, topic: 'orders' } },
})
const limits: Limits = {
  buckets: { calls: { capacity: 1, refillPerSecond: 1 } },
  account: ({ settings }) => String(settings['shop']),
  price: () => ({ bucket: 'calls', operation: 'get', cost: 1 }),
}
const connection = (id: string, connector: string): LiveConnection => ({
  ...{ id, connector, tenant: 'acme', settings: { shop: 'one' }, secrets: {}, tables: {} },
  ...{ state: 'active', declared: true },
})
const telemetry = {
  attempt: () => undefined,
  count: () => undefined,
  observe: () => undefined,
  log: () => undefined,
}

describe('the calls of a connector', () => {
  const clock = new ManualClock()
  const http = createHttpClient({ clock, allowPrivateHosts: ['127.0.0.1'] })
  let partner: Server
  let url: string
  let calls: number

  beforeEach(async () => {
    calls = 0
    partner = createServer((_request, response) => {
      calls += 1
      response.end()
    })
    await new Promise<void>(resolve => partner.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(partner.address() as AddressInfo).port}`
  })
  afterEach(() => {
    http.close()
    partner.close()
  })

  const { buckets, locks } = createEmbeddedState(clock)
  const contextFor = createContextFor({
    tokenFor: async () => '',
    ...{ http, telemetry, clock, random: () => 0, buckets, locks, httpTimeoutMs: 30_000 },
    connectors: new Map<string, Connector>([
      ['limited', { manifest: manifest('limited', limits) }],
      ['free', { manifest: manifest('free') }],
    ]),
  })
  const call = (id: string, connector: string, work?: WorkInHand) =>
    contextFor(connection(id, connector), AbortSignal.timeout(60_000), work).http.request({
      method: 'GET',
      url,
    })

  it('share one budget by account where its manifest declares limits', async () => {
    await call('a', 'limited')
    const second = call('b', 'limited')
    await clock.advance(999)
    expect(calls).toBe(1)
    await clock.advance(1)
    await second
    expect(calls).toBe(2)
  })

  it('say of the work they are for when it only waits', async () => {
    const counted: unknown[] = []
    const recount = async (claims: number) => {
      counted.push([claims, calls])
      return true
    }
    await clock.advance(1_000)
    await call('a', 'limited')
    const second = call('a', 'limited', workInHand({ claims: 4, recount, clock }))
    await clock.advance(1_000)
    await second
    expect([counted, calls]).toEqual([
      [
        [3, 1],
        [4, 1],
      ],
      2,
    ])
  })

  it('go out at once where it declares none', async () => {
    await Promise.all(Array.from({ length: 5 }, () => call('c', 'free')))
    expect(calls).toBe(5)
  })
})

describe('a poll that runs out of budget', () => {
  it('goes on as soon as it may, not at its next turn', async () => {
    const clock = new ManualClock()
    const store = await openSqliteStore({ url: ':memory:', engine: true })
    const polledAt: number[] = []
    const started = clock.now()
    const connector: Connector = {
      manifest: manifest('limited', limits),
      // biome-ignore lint/correctness/useYield: it ends before its first page.
      async *poll() {
        polledAt.push(clock.now() - started)
        throw new HubError('BUDGET_SPENT', { retryAfterMs: 4_000 })
      },
    }
    const connections = [connection('a', 'limited')]
    const worker = pollerWorker({
      ...{
        store,
        clock,
        telemetry,
        owner: 'test',
        random: () => 0.5,
        connectors: new Map([['limited', connector]]),
      },
      directory: { list: async () => connections, get: async () => null, refresh: () => undefined },
      accept: async () => ({ stored: 0, duplicates: 0, ids: [] }),
      contextFor: () => ({}) as never,
      unauthorize: async () => undefined,
    })
    const stop = new AbortController()
    const running = worker.run(stop.signal, new WorkerState(worker, { clock, telemetry }))
    for (let second = 0; second < 6; second++) await clock.advance(1_000)
    stop.abort()
    await running
    await store.close()
    expect(polledAt).toEqual([1_000, 5_000])
  })
})
