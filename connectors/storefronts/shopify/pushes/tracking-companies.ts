/**
 * The names that Shopify knows, written exactly so: with one of them it makes the link that the buyer follows.
 * https://shopify.dev/docs/api/admin-graphql/2026-10/objects/FulfillmentTrackingInfo
 */
const NAMES = [
  ...['4PX', 'Amazon', 'Amazon Logistics UK', 'An Post', 'Anjun Logistics', 'APC', 'Asendia USA'],
  ...['Australia Post', 'Bonshaw', 'BPost', 'BPost International', 'Canada Post', 'Canpar', 'CDL Last Mile'],
  ...['China Post', 'Chronopost', 'Chukou1', 'Colissimo', 'Coordinadora', 'Correios', 'Correos', 'CTT'],
  ...['CTT Express', 'Cyprus Post', 'Deutsche Post', 'DHL eCommerce', 'DHL eCommerce Asia', 'DHL Express'],
  ...[
    'DPD',
    'DPD Local',
    'DPD UK',
    'DX',
    'Eagle',
    'Estes',
    'Evri',
    'FedEx',
    'GLS',
    'LaserShip',
    'Latvia Post',
  ],
  ...['Lone Star Overnight', 'Mondial Relay', 'New Zealand Post', 'OnTrac', 'Packeta', 'Pitney Bowes'],
  ...['Poste Italiane', 'PostNL', 'Purolator', 'Royal Mail', 'Sendle', 'SF Express', 'Singapore Post'],
  ...['StarTrack', 'Swiss Post', 'TForce Final Mile', 'TNT', 'United Delivery Service', 'UPS', 'USPS'],
  ...['Whistl', 'XPO Logistics', 'YunExpress'],
]

/** Names of services and of other systems, in the spelling of `bare`. */
const ALIASES: Readonly<Record<string, string>> = {
  dhl: 'DHL Express',
  dhlglobalmail: 'DHL eCommerce',
  dhlecs: 'DHL eCommerce',
  fedexground: 'FedEx',
  fedexsmartpost: 'FedEx',
  fdx: 'FedEx',
  upsmailinnovations: 'UPS',
  upssurepost: 'UPS',
  upsdap: 'UPS',
  unitedparcelservice: 'UPS',
  unitedstatespostalservice: 'USPS',
  hermes: 'Evri',
  hermesuk: 'Evri',
  laposte: 'Colissimo',
  bpostinternational: 'BPost International',
  lso: 'Lone Star Overnight',
  nzpost: 'New Zealand Post',
  auspost: 'Australia Post',
  canadapost: 'Canada Post',
}

const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '')

const KNOWN = new Map([...NAMES.map(name => [bare(name), name] as const), ...Object.entries(ALIASES)])

/** The carrier as Shopify writes it; one that it does not know keeps its name. */
export function trackingCompany(carrier: string | undefined, code: string | undefined): string | undefined {
  const known = [carrier, code].map(name => name && KNOWN.get(bare(name))).find(Boolean)
  return known ?? (carrier?.trim() || code?.trim() || undefined)
}
