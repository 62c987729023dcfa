import type { ConnectionView } from '../../sdk/index.ts'

export interface ShopifySettings {
  shop: string
  /** Without a slash at the end. */
  apiBaseUrl: string
  overlapMs: number
  pollFrom: string | null
}

/** The connection's settings with their defaults; they were validated against the manifest before. */
export function settingsOf({ settings }: ConnectionView): ShopifySettings {
  const shop = String(settings['shop']).toLowerCase()
  return {
    shop,
    apiBaseUrl: String(settings['apiBaseUrl'] ?? `https://${shop}`).replace(/\/+$/, ''),
    overlapMs: Number(settings['overlapSeconds'] ?? 120) * 1_000,
    pollFrom: typeof settings['pollFrom'] === 'string' ? settings['pollFrom'] : null,
  }
}

export const accessTokenOf = ({ secrets }: ConnectionView): string | null =>
  secrets['accessToken']?.[0] ?? null
