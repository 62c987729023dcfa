/** What is read of a canonical shipment document. */
export interface ShipmentDocument {
  orderId?: string
  status: string
  location?: { externalId?: string; code?: string; name?: string }
  updatedAt?: string
  deliveredAt?: string
  shippedAt?: string
  estimatedDeliveryAt?: string
  lines: ShipmentLine[]
  packages: Parcel[]
  notifyBuyer?: boolean
}

export interface ShipmentLine {
  lineId?: string
  sku?: string
  quantity: number
}

export interface Parcel {
  carrier?: string
  carrierCode?: string
  trackingNumber?: string
  trackingUrl?: string
  events?: ParcelEvent[]
}

export interface ParcelEvent {
  at: string
  status: string
  city?: string
  province?: string
  country?: string
  postalCode?: string
}

/** People write the same number with and without spaces and dashes. */
export const sameNumber = (a: string, b: string): boolean => bare(a) === bare(b)

const bare = (number: string): string => number.replace(/[\s-]/g, '').toUpperCase()

/** Each number once, in the order of the parcels. */
export function numbersOf({ packages }: ShipmentDocument): string[] {
  const numbers = packages.flatMap(parcel => parcel.trackingNumber?.trim() || [])
  return numbers.filter((number, index) => numbers.findIndex(other => sameNumber(other, number)) === index)
}
