/**
 * EasyPost's names of carriers, by how everybody else writes them (letters and digits only, capitals). One that is not
 * here is left out of the call: EasyPost then finds the carrier by the form of the number.
 */
const NAMES: Readonly<Record<string, string>> = {
  AMAZON: 'AmazonMws',
  AUSTRALIAPOST: 'AustraliaPost',
  AUSPOST: 'AustraliaPost',
  CANADAPOST: 'CanadaPost',
  DHL: 'DHLExpress',
  DHLEXPRESS: 'DHLExpress',
  DHLECOMMERCE: 'DhlEcs',
  DPD: 'DPD',
  DPDUK: 'DPDUK',
  FEDEX: 'FedEx',
  FEDEXEXPRESS: 'FedEx',
  FEDEXGROUND: 'FedEx',
  FDXG: 'FedEx',
  LASERSHIP: 'LaserShipV2',
  ONTRAC: 'OnTrac',
  PUROLATOR: 'Purolator',
  ROYALMAIL: 'RoyalMail',
  UPS: 'UPS',
  UPSN: 'UPS',
  UPSGROUND: 'UPS',
  USPS: 'USPS',
  USPOSTALSERVICE: 'USPS',
  UNITEDSTATESPOSTALSERVICE: 'USPS',
}

/** The first of these names that EasyPost knows. */
export const carrierName = (...written: readonly (string | undefined)[]): string | undefined =>
  written.map(name => NAMES[(name ?? '').toUpperCase().replaceAll(/[^A-Z0-9]/g, '')]).find(Boolean)
