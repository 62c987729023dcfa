import { restErp } from '#connectors/erp/rest/connector.ts'
import {
  createErpSimulator,
  type ErpSimulator,
  type ErpSimulatorOptions,
  type Fault,
} from '#connectors/erp/rest/simulator.ts'
import type { ConnectorContext, HttpClient, PushResult } from '#connectors/sdk/index.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { ManualClock, sleep } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'

export const STRATEGIES = ['upsert', 'idempotency-key', 'search-then-create'] as const
export type Strategy = (typeof STRATEGIES)[number]

const TIMEOUT_MS = 30_000

/** A simulated ERP and a client whose time stands still. */
export interface Bench {
  erp: ErpSimulator
  baseUrl: string
  clock: ManualClock
  http: HttpClient
  stop(): Promise<void>
}

export async function startBench(options: Partial<ErpSimulatorOptions> = {}): Promise<Bench> {
  const erp = createErpSimulator({ random: () => 1, ...options })
  const baseUrl = await erp.listen()
  const clock = new ManualClock()
  const http = createHttpClient({ clock, allowPrivateHosts: ['127.0.0.1'], timeoutMs: TIMEOUT_MS })
  const stop = () => {
    http.close()
    return erp.close()
  }
  return { erp, baseUrl, clock, http, stop }
}

/** Where the hub's process dies within an attempt. */
export type Crash = 'before-send' | 'before-record'

let orders = 0

/**
 * What the hub keeps of one delivery, and one attempt as `core/sync/deliver` makes it: a claim that was never settled
 * and a send without a clear answer leave the delivery uncertain; only an attempt that ends records the link.
 */
export class Delivery {
  readonly key = `acme:shop:${++orders}`
  wanted = 1
  confirmed = 0
  externalId: string | null = null
  uncertain = false
  readonly #bench: Bench
  readonly #strategy: Strategy

  constructor(bench: Bench, strategy: Strategy) {
    this.#bench = bench
    this.#strategy = strategy
  }

  /** One attempt; what it failed with, or null. */
  async attempt(crash?: Crash): Promise<HubError | null> {
    if (crash === 'before-send') {
      this.uncertain = true
      return null
    }
    const revision = this.wanted
    let sent = false
    try {
      const pushing = this.#push(revision, () => {
        sent = true
      })
      const { externalId } = await answered(this.#bench, pushing)
      this.uncertain = crash === 'before-record'
      if (crash) return null
      this.externalId ??= externalId
      this.confirmed = revision
      return null
    } catch (thrown) {
      if (!(thrown instanceof HubError)) throw thrown
      const clear = thrown.status !== undefined && thrown.status < 500
      this.uncertain ||= sent && !clear
      return thrown
    }
  }

  /** One attempt that goes wrong this way. */
  async breakOnce(boundary: Fault | Crash, method?: string): Promise<void> {
    if (boundary === 'before-send' || boundary === 'before-record') await this.attempt(boundary)
    else {
      this.#bench.erp.failNext(boundary, method)
      await this.attempt()
    }
  }

  /** Attempts until the newest revision is confirmed. */
  async settle(): Promise<void> {
    for (let tries = 0; this.confirmed !== this.wanted; tries++) {
      const error = await this.attempt()
      if (error?.recovery === 'park' || tries > 20) throw error
    }
  }

  #push(revision: number, sending: () => void): Promise<PushResult> {
    const { key, externalId, uncertain } = this
    const body = { number: '#1001', content: `r${revision}` }
    const links = { externalId, dependencies: {}, uncertain, idempotencyKey: `order:${key}` }
    return restErp.push!({ resource: 'order', key, revision, body, ...links, sending }, this.#context())
  }

  #context(): ConnectorContext {
    const { baseUrl, http, clock } = this.#bench
    const settings = { baseUrl, strategy: this.#strategy }
    return {
      connection: { id: 'erp', tenant: 'acme', connector: 'rest-erp', settings, secrets: {} },
      http,
      token: async () => '',
      now: () => clock.now(),
      together: sentApart,
      sleep: ms => sleep(clock, ms),
      signal: new AbortController().signal,
      log: () => undefined,
    }
  }
}

/** Lets the client's time run out as soon as the ERP has taken a request that it will not answer. */
async function answered<T>({ erp, clock }: Bench, pushing: Promise<T>): Promise<T> {
  const unanswered = () => erp.requests.filter(({ status }) => status === 0).length
  let open = true
  let before = unanswered()
  const settled = pushing.finally(() => {
    open = false
  })
  settled.catch(() => undefined)
  while (open) {
    await new Promise(resolve => setImmediate(resolve))
    const now = unanswered()
    if (now > before) await clock.advance(TIMEOUT_MS)
    before = now
  }
  return settled
}
