import {
  type BigcommerceSimulator,
  createBigcommerceSimulator,
} from '#connectors/storefronts/bigcommerce/simulator.ts'
import type { ConnectorContext, HttpRequest, PushOperation } from '#core/contracts/connector.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'

export const AT = Date.UTC(2026, 4, 12, 8)

/** Chance that is the same in every run. */
export function chance(seed = 7): () => number {
  let state = seed
  return () => {
    state = (state * 16_807) % 2_147_483_647
    return state / 2_147_483_647
  }
}

export interface OpenStore {
  simulator: BigcommerceSimulator
  context: ConnectorContext
  /** Method and path without the store, in order. */
  asked: string[]
  close(): Promise<void>
}

/** A simulated store and a context that speaks to it. */
export async function openStore(settings: Record<string, unknown> = {}): Promise<OpenStore> {
  const simulator = await createBigcommerceSimulator({
    ...{ now: () => AT, random: chance(), token: 'token-1', storeHash: 'abc123' },
  })
  const asked: string[] = []
  const client = createHttpClient({ clock: systemClock, allowPrivateHosts: ['127.0.0.1'] })
  return {
    simulator,
    asked,
    async close() {
      client.close()
      await simulator.close()
    },
    context: {
      connection: {
        ...{ id: 'bc', tenant: 'acme', connector: 'bigcommerce' },
        settings: { storeHash: 'abc123', apiBaseUrl: simulator.baseUrl, ...settings },
        secrets: { accessToken: ['token-1'] },
      },
      token: async () => 'token-1',
      now: () => AT,
      together: sentApart,
      sleep: async () => undefined,
      signal: new AbortController().signal,
      log: () => undefined,
      http: {
        request(request: HttpRequest) {
          asked.push(`${request.method} ${new URL(request.url).pathname.replace('/stores/abc123', '')}`)
          return client.request(request)
        },
      },
    },
  }
}

export const operation = (
  over: Partial<PushOperation> & Pick<PushOperation, 'resource' | 'body'>,
): PushOperation => ({
  ...{ key: 'acme:3pl:9', revision: 1, externalId: null, dependencies: {}, uncertain: false },
  ...{ idempotencyKey: 'k', sending: () => undefined },
  ...over,
})
