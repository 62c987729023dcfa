/** What is read of a canonical shipment's parcels. */
export interface Parcel {
  carrier?: string
  carrierCode?: string
  service?: string
  trackingNumber?: string
  trackingUrl?: string
}

/** What a shipment of the store shows of its parcels; all of it may be changed later. */
export interface ShownParcel {
  tracking_number: string
  tracking_link: string
  tracking_carrier: string
  shipping_provider: string
  shipping_method: string
  comments: string
}

/** Carriers that BigCommerce makes links for; all others are known by their link, or by nothing. */
const PROVIDERS: Readonly<Record<string, string>> = {
  AUSPOST: 'auspost',
  CANADAPOST: 'canadapost',
  FEDEX: 'fedex',
  ROYALMAIL: 'royalmail',
  UPS: 'ups',
  USPS: 'usps',
}

const LONGEST_NUMBER = 50

/**
 * A shipment of the store has one tracking number: several parcels share its field as far as they fit, and are all named
 * in the comment. There our key stands too, by which we find again what we made.
 */
export function shownParcel(key: string, parcels: readonly Parcel[] = []): ShownParcel {
  const numbers = parcels.flatMap(({ trackingNumber }) => trackingNumber?.trim() || [])
  const joined = numbers.join(', ')
  const [first] = parcels
  const provider =
    PROVIDERS[(first?.carrierCode ?? first?.carrier ?? '').toUpperCase().replace(/[^A-Z]/g, '')]
  return {
    tracking_number: joined.length <= LONGEST_NUMBER ? joined : (numbers[0] ?? '').slice(0, LONGEST_NUMBER),
    tracking_link: first?.trackingUrl ?? '',
    tracking_carrier: '',
    shipping_provider: provider ?? '',
    shipping_method: first?.service ?? first?.carrier ?? '',
    comments: [numbers.length > 1 ? `Parcels: ${joined}.` : '', markOf(key)].filter(Boolean).join(' '),
  }
}

export const markOf = (key: string): string => `[crossdock ${key}]`

/** As people write numbers: spaces, dashes and case do not count. */
export const bare = (number: string): string => number.replace(/[\s-]/g, '').toUpperCase()
