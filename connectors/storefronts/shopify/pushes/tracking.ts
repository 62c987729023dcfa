import type { FulfillmentNode } from '../operations/fulfillments.ts'
import { numbersOf, type ShipmentDocument, sameNumber } from './shipment-document.ts'
import { trackingCompany } from './tracking-companies.ts'

/** `FulfillmentTrackingInput`: one carrier for all numbers of a fulfilment. */
export interface TrackingInput {
  company?: string
  numbers: string[]
  urls?: string[]
}

/** Null: the shipment tells neither number nor carrier. */
export function trackingOf(shipment: ShipmentDocument): TrackingInput | null {
  const numbers = numbersOf(shipment)
  const first = shipment.packages.find(parcel => parcel.carrier || parcel.carrierCode)
  const company = trackingCompany(first?.carrier, first?.carrierCode)
  if (numbers.length === 0 && !company) return null
  const urls = numbers.map(number => urlOf(shipment, number))
  const whole = urls.length > 0 && urls.every(url => url !== undefined)
  return { ...(company ? { company } : {}), numbers, ...(whole ? { urls: urls as string[] } : {}) }
}

const urlOf = ({ packages }: ShipmentDocument, number: string): string | undefined =>
  packages.find(parcel => parcel.trackingNumber && sameNumber(parcel.trackingNumber, number))?.trackingUrl

/** Links are left out: Shopify makes its own where it knows the carrier. */
export function tellsSame({ trackingInfo }: FulfillmentNode, { company, numbers }: TrackingInput): boolean {
  const theirs = trackingInfo.flatMap(one => one.number ?? [])
  const sameCompany = !company || trackingInfo.every(one => one.company === company)
  return (
    sameCompany &&
    theirs.length === numbers.length &&
    numbers.every(number => theirs.some(other => sameNumber(other, number)))
  )
}
