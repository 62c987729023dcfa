import type { ConnectionView } from '../../sdk/index.ts'

export interface ShopifySettings {
  shop: string
  /** Without a slash at the end. */
  apiBaseUrl: string
  overlapMs: number
  pollFrom: string | null
  /** A poll of the long past reads more orders than this in bulk. */
  bulkAbove: number
  /** Location for stock whose place `locations` does not name; a plain or a global id. */
  locationId: string | null
  /** Places of the hub’s documents (id, code or name) → location of the shop. */
  locations: Readonly<Record<string, string>>
  /** Shopify writes to the buyer when something ships, unless the shipment says otherwise. */
  notifyBuyer: boolean
}

/** The connection's settings with their defaults; they were validated against the manifest before. */
export function settingsOf({ settings }: ConnectionView): ShopifySettings {
  const shop = String(settings['shop']).toLowerCase()
  return {
    shop,
    apiBaseUrl: String(settings['apiBaseUrl'] ?? `https://${shop}`).replace(/\/+$/, ''),
    overlapMs: Number(settings['overlapSeconds'] ?? 120) * 1_000,
    pollFrom: typeof settings['pollFrom'] === 'string' ? settings['pollFrom'] : null,
    bulkAbove: Number(settings['bulkAbove'] ?? 1_000),
    locationId: typeof settings['locationId'] === 'string' ? settings['locationId'] : null,
    locations: (settings['locations'] ?? {}) as Record<string, string>,
    notifyBuyer: settings['notifyBuyer'] === true,
  }
}

export const accessTokenOf = ({ secrets }: ConnectionView): string | null =>
  secrets['accessToken']?.[0] ?? null
