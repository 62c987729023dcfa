/**
 * Codes of ShippingCarrierCodeType, by what canonical documents call a carrier:
 * https://developer.ebay.com/devzone/xml/docs/reference/ebay/types/ShippingCarrierCodeType.html
 */
const CODES: Readonly<Record<string, string>> = {
  AUSTRALIAPOST: 'AustraliaPost',
  CANADAPOST: 'CanadaPost',
  CHRONOPOST: 'Chronopost',
  COLISSIMO: 'Colissimo',
  CORREOS: 'Correos',
  DEUTSCHEPOST: 'DeutschePost',
  DHL: 'DHL',
  DHLECOMMERCE: 'DHLGlobalMail',
  DHLEXPRESS: 'DHLEXPRESS',
  DPD: 'DPD',
  EVRI: 'Evri',
  FEDEX: 'FedEx',
  GLS: 'GLS',
  HERMES: 'Hermes',
  ONTRAC: 'ONTRAC',
  PARCELFORCE: 'ParcelForce',
  POSTEITALIANE: 'PosteItaliane',
  ROYALMAIL: 'RoyalMail',
  TNT: 'TNT',
  UPS: 'UPS',
  USPS: 'USPS',
  YODEL: 'Yodel',
}

/** eBay wants a code wherever there is a number, and takes `Other` for carriers that it does not know. */
export function carrierCodeOf({ carrier, carrierCode }: { carrier?: string; carrierCode?: string }): string {
  for (const name of [carrierCode, carrier]) {
    const code = CODES[(name ?? '').toUpperCase().replaceAll(/[^A-Z]/g, '')]
    if (code) return code
  }
  return 'Other'
}
