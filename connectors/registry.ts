import type { Connector } from '#core/contracts/connector.ts'
import { restErp } from './erp/rest/connector.ts'
import { shopify } from './storefronts/shopify/connector.ts'

/** Every connector of the hub, by hand: what is not listed here does not exist. */
export const CONNECTORS: readonly Connector[] = Object.freeze([shopify, restErp])

/** The schemas of their connections' settings, by connector: mappings that read a setting are checked against them. */
export const SETTINGS_SCHEMAS = Object.fromEntries(
  CONNECTORS.map(({ manifest }) => [manifest.id, manifest.settings]),
)
