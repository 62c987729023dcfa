import { httpShop } from '#connectors/storefronts/http/connector.ts'
import type {
  ConnectionView,
  ConnectorContext,
  HttpRequest,
  HttpResponse,
} from '#core/contracts/connector.ts'

type Settings = Record<string, unknown>

export const BASE = 'https://shop.example/api'

export const connectionOf = (settings: Settings): ConnectionView => ({
  id: 'portal',
  tenant: 'acme',
  connector: httpShop.manifest.id,
  settings: { baseUrl: BASE, ...settings },
  secrets: { webhookSecret: ['secret'], token: ['token'], password: ['pass'] },
})

/** A shop that gives the answers in turn; the last one again and again. */
export function shopThatAnswers(settings: Settings, answers: Partial<HttpResponse>[]) {
  const requests: HttpRequest[] = []
  const context = {
    connection: connectionOf(settings),
    http: {
      async request(request: HttpRequest) {
        requests.push(request)
        return { status: 200, headers: {}, body: {}, ...(answers[requests.length - 1] ?? answers.at(-1)) }
      },
    },
    token: async () => 'oauth-token',
    now: () => Date.UTC(2026, 2, 1),
    signal: new AbortController().signal,
  } as unknown as ConnectorContext
  return { context, requests }
}
