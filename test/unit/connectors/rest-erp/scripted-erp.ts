import type { ConnectorContext, HttpRequest, HttpResponse, PushOperation } from '#connectors/sdk/index.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'

export type Answer = Partial<HttpResponse> & { status: number }

/** A context whose ERP gives these answers in this order, and what it was asked. */
export function scriptedErp(
  answers: readonly Answer[],
  settings: Record<string, unknown> = {},
  secrets: Record<string, string[]> = {},
) {
  const requests: HttpRequest[] = []
  const left = [...answers]
  const context: ConnectorContext = {
    connection: {
      ...{ id: 'erp', tenant: 'acme', connector: 'rest-erp', secrets },
      settings: { baseUrl: 'http://erp.example/api', ...settings },
    },
    http: {
      async request(request) {
        requests.push(request)
        const answer = left.shift()
        if (!answer) throw new Error(`Nobody expected ${request.method} ${request.url}.`)
        return { headers: {}, body: '', ...answer }
      },
    },
    token: async () => secrets['accessToken']?.[0] ?? '',
    now: () => Date.UTC(2026, 0, 15, 12),
    together: sentApart,
    sleep: async () => undefined,
    signal: new AbortController().signal,
    log: () => undefined,
  }
  const asked = () =>
    requests.map(({ method, url }) => `${method} ${url.replace('http://erp.example/api', '')}`)
  return { context, requests, asked }
}

export const order = (change: Partial<PushOperation> = {}): PushOperation => ({
  resource: 'order',
  key: 'acme:shop:1001',
  revision: 1,
  body: { number: '#1001' },
  externalId: null,
  dependencies: {},
  uncertain: false,
  idempotencyKey: 'order:acme:shop:1001',
  sending: () => undefined,
  ...change,
})
