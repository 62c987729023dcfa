import restConformance from '#connectors/erp/rest/conformance.ts'
import type { Conformance, PartnerSimulator } from '#connectors/sdk/testkit/conformance.ts'
import type { KitTools } from '#connectors/sdk/testkit/kit.ts'
import shopifyConformance from '#connectors/storefronts/shopify/conformance.ts'
import type { Connector, PolledPage, RawMessage, Received } from '#core/contracts/connector.ts'

/** A fault, and the checks that have to notice it. */
export interface Broken {
  what: string
  conformance: Conformance
  /** Where the hub's side is broken. */
  tools?(tools: KitTools): KitTools
  checks: readonly string[]
}

export const shopify = shopifyConformance.connector
export const erp = restConformance.connector

export const withShopify = (parts: Partial<Connector>, more: Partial<Conformance> = {}): Conformance => ({
  ...shopifyConformance,
  ...more,
  connector: { ...shopify, ...parts },
})
export const withErp = (parts: Partial<Connector>): Conformance => ({
  ...restConformance,
  connector: { ...erp, ...parts },
})
export const withManifest = (parts: Partial<Connector['manifest']>): Conformance =>
  withShopify({ manifest: { ...shopify.manifest, ...parts } })

/** Shopify's own judgement, then changed. */
export const receiving = (change: (answer: Received) => Received): Conformance =>
  withShopify({
    receive: async (request, connection, context) =>
      change(await shopify.receive!(request, connection, context)),
  })

export const messagesAs = (change: (message: RawMessage) => RawMessage): Conformance =>
  receiving(answer => (answer.ok ? { ...answer, messages: answer.messages.map(change) } : answer))

export const accepting: Connector['receive'] = async ({ headers, body }) => ({
  ok: true,
  messages: [
    { topic: headers['x-shopify-topic'] ?? 'none', dedupeKey: 'one', headers: { ...headers }, body },
  ],
})

/** Polls as Shopify does; pages may be changed or left out. */
export const polling = (
  change: (pages: AsyncIterable<PolledPage>, cursor: string | null) => AsyncIterable<PolledPage>,
) => withShopify({ poll: (feed, cursor, context) => change(shopify.poll!(feed, cursor, context), cursor) })

export async function* each(
  pages: AsyncIterable<PolledPage>,
  change: (page: PolledPage) => PolledPage | null,
) {
  for await (const page of pages) {
    const changed = change(page)
    if (changed) yield changed
  }
}

/** Takes whatever the partner says for success. */
export const deaf = (parts: Connector): Partial<Connector> => ({
  probe: async context => parts.probe!(context).catch(() => ({ ok: true as const, detail: '' })),
  poll: async function* (feed, cursor, context) {
    try {
      yield* parts.poll!(feed, cursor, context)
    } catch {
      yield { messages: [], cursor: cursor ?? '' }
    }
  },
})

export const simulating = (
  change: (partner: PartnerSimulator) => Partial<PartnerSimulator>,
): Conformance => ({
  ...shopifyConformance,
  async simulator(options) {
    const partner = await shopifyConformance.simulator!(options)
    return { ...partner, ...change(partner) }
  },
})

let made = 0

/** Another number every time. */
export const fresh = (): number => made++
