import { randomBytes } from 'node:crypto'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import {
  createShopifySimulator,
  type DeliverOptions,
  type DeliverReport,
  type ShopifySimulator,
} from '#connectors/storefronts/shopify/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'

export const TENANT = 'acme'
export const SHOP = 'acme-shopify'
export const ERP = 'acme-erp'
export const SHOP_DOMAIN = 'acme.myshopify.com'

/** New ones for every run: nothing here is worth keeping. */
const fresh = (): string => randomBytes(16).toString('hex')
export const SECRET = fresh()
export const ACCESS_TOKEN = fresh()
export const ERP_TOKEN = fresh()

/** Rare enough that everything gets through within seconds, often enough that every run sees each of them. */
const FAULTS = {
  p500BeforeStore: 0.01,
  p500AfterStore: 0.01,
  pTimeoutAfterStore: 0.005,
  p429: 0.01,
  retryAfter: 1,
  latencyMs: 3,
}

export interface Partners {
  shop: ShopifySimulator
  erp: ErpSimulator
  shopUrl: string
  erpUrl: string
  /** Where the shop's webhooks go. */
  webhooks(): string
  connect(hubUrl: string): void
  /** Webhooks that left the shop, each counted once however often it was sent. */
  readonly sent: ReadonlySet<string>
  /** Sends what is due. */
  deliver(options: DeliverOptions): Promise<DeliverReport>
  close(): Promise<void>
}

/** The shop that sells and the ERP that wants to know, each a server of its own. */
export async function startPartners(): Promise<Partners> {
  const shop = createShopifySimulator({
    ...{
      clock: systemClock,
      random: Math.random,
      shop: SHOP_DOMAIN,
      secret: SECRET,
      accessToken: ACCESS_TOKEN,
    },
    // One shop has one currency; its buyers pay in theirs.
    currency: 'USD',
  })
  const erp = createErpSimulator({ random: Math.random, token: ERP_TOKEN, faults: FAULTS })
  const [shopUrl, erpUrl] = await Promise.all([shop.listen(), erp.listen()])
  const sent = new Set<string>()
  let webhooks = ''
  return {
    ...{ shop, erp, shopUrl, erpUrl, sent },
    webhooks: () => webhooks,
    connect(hubUrl) {
      webhooks = `${hubUrl}/webhooks/${SHOP}`
      shop.subscribe(webhooks)
    },
    deliver(options) {
      for (const { topic, headers } of shop.outbox.pending)
        sent.add(`${topic} ${headers['X-Shopify-Event-Id']}`)
      return shop.deliver(options)
    },
    async close() {
      await Promise.all([shop.close(), erp.close()])
    },
  }
}
