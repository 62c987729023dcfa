import type { Connector } from '#core/contracts/connector.ts'
import { easypost } from './carriers/easypost/connector.ts'
import { ups } from './carriers/ups/connector.ts'
import { businessCentral } from './erp/business-central/connector.ts'
import { erpnext } from './erp/erpnext/connector.ts'
import { netsuite } from './erp/netsuite/connector.ts'
import { odoo } from './erp/odoo/connector.ts'
import { restErp } from './erp/rest/connector.ts'
import { ediX12 } from './fulfilment/edi-x12/connector.ts'
import { shipbob } from './fulfilment/shipbob/connector.ts'
import { amazon } from './marketplaces/amazon/connector.ts'
import { ebay } from './marketplaces/ebay/connector.ts'
import { square } from './pos/square/connector.ts'
import { bigcommerce } from './storefronts/bigcommerce/connector.ts'
import { httpShop } from './storefronts/http/connector.ts'
import { shopify } from './storefronts/shopify/connector.ts'
import { woocommerce } from './storefronts/woocommerce/connector.ts'

/** Every connector of the hub, by hand: what is not listed here does not exist. */
export const CONNECTORS: readonly Connector[] = Object.freeze([
  bigcommerce,
  httpShop,
  shopify,
  woocommerce,
  amazon,
  ebay,
  square,
  ediX12,
  shipbob,
  easypost,
  ups,
  businessCentral,
  odoo,
  erpnext,
  netsuite,
  restErp,
])

/** The schemas of their connections' settings, by connector: mappings that read a setting are checked against them. */
export const SETTINGS_SCHEMAS = Object.fromEntries(
  CONNECTORS.map(({ manifest }) => [manifest.id, manifest.settings]),
)
