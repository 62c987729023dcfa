/** Codes that Amazon knows, by what canonical documents call a carrier: https://developer-docs.amazon.com/sp-api/docs/orders-api */
const CODES: Readonly<Record<string, string>> = {
  AMAZONSHIPPING: 'Amazon Shipping',
  AUSTRALIAPOST: 'Australia Post',
  CANADAPOST: 'Canada Post',
  CHRONOPOST: 'Chronopost',
  COLISSIMO: 'Colissimo',
  CORREOS: 'Correos',
  DHL: 'DHL',
  DHLEXPRESS: 'DHL Express',
  DHLECOMMERCE: 'DHL eCommerce',
  DPD: 'DPD',
  EVRI: 'Evri',
  FEDEX: 'FedEx',
  GLS: 'GLS',
  HERMES: 'Hermes',
  JAPANPOST: 'Japan Post',
  LASERSHIP: 'Lasership',
  ONTRAC: 'OnTrac',
  PARCELFORCE: 'Parcelforce',
  POSTNL: 'PostNL',
  ROYALMAIL: 'Royal Mail',
  SAGAWA: 'Sagawa',
  TNT: 'TNT',
  UPS: 'UPS',
  USPS: 'USPS',
  YAMATO: 'Yamato',
}

/** `carrierCode`, and the plain name beside it where the code is none of Amazon's: `Other` is refused without one. */
export function carrierOf({ carrier, carrierCode }: { carrier?: string; carrierCode?: string }): {
  carrierCode: string
  carrierName?: string
} {
  for (const name of [carrierCode, carrier]) {
    const code = CODES[(name ?? '').toUpperCase().replaceAll(/[^A-Z]/g, '')]
    if (code) return { carrierCode: code }
  }
  return { carrierCode: 'Other', carrierName: carrier ?? carrierCode ?? 'Other' }
}
