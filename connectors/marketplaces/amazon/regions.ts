/** https://developer-docs.amazon.com/sp-api/docs/sp-api-endpoints */
export const REGIONS = ['na', 'eu', 'fe'] as const

export type Region = (typeof REGIONS)[number]

/** Where most sellers of a region agree; some countries have a host of their own (setting `consentHost`). */
export const CONSENT_HOSTS: Readonly<Record<Region, string>> = {
  na: 'sellercentral.amazon.com',
  eu: 'sellercentral-europe.amazon.com',
  fe: 'sellercentral.amazon.co.jp',
}
