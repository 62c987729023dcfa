import { parseInstant } from '../../../sdk/index.ts'
import { type Tracking, trackingIdOf } from '../trackings.ts'
import type { ShippedLine } from './shipped-units.ts'

/** What is read of a canonical shipment. */
export interface ShipmentBody {
  status?: string
  shippedAt?: string
  createdAt?: string
  lines?: ShippedLine[]
  packages?: { carrier?: string; carrierCode?: string; trackingNumber?: string; trackingUrl?: string }[]
}

/** The extension makes links for these itself; every other carrier is a “custom” one. */
const SLUGS: Readonly<Record<string, string>> = { FEDEX: 'fedex', UPS: 'ups', USPS: 'usps' }

export const isTakenBack = ({ status }: ShipmentBody): boolean => status === 'cancelled'

/** One item a parcel with a number. One that the order has already, by whomever, is taken over under its id. */
export function trackingsOfShipment(
  key: string,
  shipment: ShipmentBody,
  existing: readonly Tracking[],
): Tracking[] {
  if (isTakenBack(shipment)) return []
  const at = parseInstant(shipment.shippedAt ?? shipment.createdAt ?? '')?.ms
  return (shipment.packages ?? []).flatMap(parcel => {
    const number = parcel.trackingNumber?.trim()
    if (!number) return []
    const known = existing.find(item => bare(item.tracking_number) === bare(number))
    const slug = parcel.trackingUrl
      ? undefined
      : SLUGS[(parcel.carrierCode ?? parcel.carrier ?? '').toUpperCase()]
    return [
      {
        tracking_provider: slug ?? '',
        custom_tracking_provider: slug ? '' : (parcel.carrier ?? parcel.carrierCode ?? ''),
        custom_tracking_link: parcel.trackingUrl ?? '',
        tracking_number: number,
        date_shipped: at === undefined ? (known?.date_shipped ?? '') : String(Math.floor(at / 1_000)),
        tracking_id: known?.tracking_id ?? trackingIdOf(key, number),
      },
    ]
  })
}

const bare = (number: unknown): string => String(number).replace(/[\s-]/g, '').toUpperCase()
