import type { ConnectorContext } from '#core/contracts/connector.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'

// biome-ignore lint/suspicious/noExplicitAny: an independent reading of foreign payloads
export type Json = any

export const lineFacts = (line: Json) => [
  line.externalId,
  line.sku,
  line.productId,
  line.title,
  line.quantity,
  Number(line.unitPrice),
  line.fulfilledQuantity,
  line.attributes.serialNumbers,
]

export const addressFacts = ({
  name,
  line1,
  line2,
  city,
  district,
  province,
  postalCode,
  country,
  phone,
}: Json) => [name, line1, line2, city, district, province, postalCode, country, phone]

export const addressFacts2026 = (one: Json) => [
  one.name,
  one.addressLine1,
  one.addressLine2,
  one.city,
  one.districtOrCounty,
  one.stateOrRegion,
  one.postalCode,
  one.countryCode,
  one.phone,
]

/** Whole payloads are decoded without asking Amazon. */
export const offline = {} as ConnectorContext

export function answering(answer: (url: string) => unknown): ConnectorContext {
  return {
    connection: {
      id: 'c',
      tenant: 't',
      connector: 'amazon',
      secrets: {},
      settings: { region: 'na', marketplaceIds: ['ATVPDKIKX0DER'] },
    },
    http: { request: async ({ url }) => ({ status: 200, headers: {}, body: answer(url) }) },
    token: async () => 'Atza|token',
    now: () => Date.parse('2026-11-20T12:00:00Z'),
    together: sentApart,
    sleep: async () => undefined,
    signal: new AbortController().signal,
    log: () => undefined,
  }
}

/** Files that are no message of this channel, with the reason. */
export const OTHER_KINDS: Readonly<Record<string, string>> = {
  'awd-inventory-1.json': 'Amazon Warehousing and Distribution, an API that is not polled',
  'error-1.json': 'an error answer: see the response table',
  'external-shipment-1.json': 'a task for a Seller Flex warehouse, not a sales order',
  'mcf-order-1.json': 'an answer of Fulfilment Outbound, which is not polled',
  'mcf-order-2.json': 'an answer of Fulfilment Outbound, which is not polled',
  'mfn-shipment-1.json': 'the answer to buying a label',
  'tracking-1.json': 'an answer of the Tracking API; the notification carries the same part',
  'vendor-po-1.json': 'a purchase order of Amazon itself (vendors)',
}
