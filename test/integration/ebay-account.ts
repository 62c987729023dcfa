import conformance from '#connectors/marketplaces/ebay/conformance.ts'
import { ebay } from '#connectors/marketplaces/ebay/connector.ts'
import {
  createSigningKey,
  notificationOf,
  signNotification,
} from '#connectors/marketplaces/ebay/simulator/signing.ts'
import { createEbaySimulator } from '#connectors/marketplaces/ebay/simulator.ts'
import type { ConnectorContext, PolledPage, RawMessage, RawRequest } from '#core/contracts/connector.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { createHttpClient } from '#core/kernel/http-client.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'

export const HOOK = 'https://hub.example/webhooks/acme-ebay'
export const NOW = Date.parse('2026-11-20T12:00:00Z')

/** A key id is remembered for longer than a test runs. */
let keys = 0

/** A seller’s account at the simulator, and the connection of the hub to it. */
export async function openEbayAccount() {
  const time = { now: NOW }
  const asked: string[] = []
  const http = createHttpClient({ clock: systemClock, allowPrivateHosts: ['127.0.0.1'] })
  const key = createSigningKey(`key-${++keys}`)
  const { clientId, clientSecret, refreshToken } = conformance.connection('http://x').secrets
  let draw = 1
  const simulator = await createEbaySimulator({
    now: () => time.now,
    random() {
      draw = (draw * 16_807) % 2_147_483_647
      return (draw - 1) / 2_147_483_646
    },
    clientId: clientId![0]!,
    clientSecret: clientSecret![0]!,
    refreshToken: refreshToken![0]!,
    key,
    async askAddress(endpoint, code) {
      const received = await ebay.receive!(asking(`${endpoint}?challenge_code=${code}`), view(), context())
      return received.ok ? JSON.parse(received.answer?.body ?? '{}').challengeResponse : undefined
    },
  })
  simulator.tokens.grant('user')

  const view = () => ({ ...conformance.connection(simulator.baseUrl), id: 'acme-ebay', tenant: 'acme' })

  const context = (): ConnectorContext => ({
    connection: view(),
    http: {
      request(request) {
        asked.push(`${request.method} ${new URL(request.url).pathname}`)
        return http.request(request)
      },
    },
    token: async () => 'v^1.1#simulated-user-1',
    now: () => time.now,
    together: sentApart,
    sleep: async () => undefined,
    signal: new AbortController().signal,
    log: () => undefined,
  })

  const asking = (url: string): RawRequest => ({
    method: 'GET',
    target: new URL(url).pathname + new URL(url).search,
    url,
    headers: {},
    body: Buffer.alloc(0),
    receivedAt: time.now,
  })

  /** The message that a notification of eBay becomes. */
  async function notified(of: { topic: string; id: string; orderId: string; attempt?: number }) {
    const { topic, id, orderId, attempt = 1 } = of
    const notification = notificationOf({ topic, id, at: time.now, data: { order: { orderId } } })
    notification.notification.publishAttemptCount = attempt
    const body = Buffer.from(JSON.stringify(notification))
    const headers = signNotification(key, body)
    const request = { ...asking(HOOK), method: 'POST', headers, body }
    const received = await ebay.receive!(request, view(), context())
    if (!received.ok || !received.messages[0]) throw new Error('The notification was refused.')
    return received.messages[0] satisfies RawMessage
  }

  async function polled(cursor: string | null) {
    const pages: PolledPage[] = []
    for await (const page of ebay.poll!('order', cursor, context())) pages.push(page)
    return { pages, keys: pages.flatMap(({ messages }) => messages.map(({ dedupeKey }) => dedupeKey)) }
  }

  const push = (resource: 'shipment' | 'inventory', body: Record<string, unknown>, orderId?: string) =>
    ebay.push!(
      {
        resource,
        key: 'acme:acme-3pl:1',
        revision: 1,
        body,
        externalId: null,
        dependencies: orderId ? { [`order:acme:acme-ebay:${orderId}`]: orderId } : {},
        uncertain: false,
        idempotencyKey: 'k',
        sending: () => undefined,
      },
      context(),
    )

  const close = async (): Promise<void> => {
    http.close()
    await simulator.close()
  }
  const { seller, notifications } = simulator
  const drop = () => simulator.dropSubscriptions!()
  return { time, asked, key, seller, notifications, drop, context, notified, polled, push, close }
}

export type EbayAccount = Awaited<ReturnType<typeof openEbayAccount>>
