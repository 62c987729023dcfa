import { createHash } from 'node:crypto'

export interface Fulfillment {
  uid?: string
  type?: string
  state?: string
  metadata?: Record<string, string>
  shipment_details?: ShipmentDetails
}

interface ShipmentDetails {
  carrier?: string
  tracking_number?: string
  tracking_url?: string
  shipping_note?: string
  shipped_at?: string
}

/** What the hub reads of a shipment document. */
export interface ShipmentBody {
  status: string
  shippedAt?: string
  lines?: { lineId?: string; quantity: number }[]
  packages?: { carrier?: string; trackingNumber?: string; trackingUrl?: string }[]
  shipTo?: Record<string, string | undefined>
}

/** Which shipment of the hub a fulfilment is, as its metadata. */
const OURS = 'crossdock_shipment'
const CLOSED = ['COMPLETED', 'CANCELED', 'FAILED']

/** Square’s COMPLETED of a parcel: the carrier has it. What happens to it then, Square has no word for. */
const STATES: Readonly<Record<string, string>> = {
  pending: 'RESERVED',
  ready: 'PREPARED',
  'label-created': 'PREPARED',
  cancelled: 'CANCELED',
}

export const isClosed = ({ state = '' }: Fulfillment): boolean => CLOSED.includes(state)

/** Ours; else the one with our parcel; else one that nobody has shipped yet. */
export function fulfillmentFor(
  all: readonly Fulfillment[],
  key: string,
  { packages = [] }: ShipmentBody,
): Fulfillment | undefined {
  const mark = markOf(key)
  const parcels = packages.flatMap(({ trackingNumber: number }) => number ?? [])
  const byParcel = ({ shipment_details: details }: Fulfillment): boolean =>
    details?.tracking_number !== undefined && parcels.includes(details.tracking_number)
  const isFree = (one: Fulfillment): boolean =>
    one.type === 'SHIPMENT' &&
    !isClosed(one) &&
    !one.metadata?.[OURS] &&
    !one.shipment_details?.tracking_number
  return all.find(one => one.metadata?.[OURS] === mark) ?? all.find(byParcel) ?? all.find(isFree)
}

/** Only what changes: updates are sparse, by uid. */
export function wantedFulfillment(
  key: string,
  shipment: ShipmentBody,
  known: Fulfillment | undefined,
): Fulfillment & { uid: string } {
  const mark = markOf(key)
  const [parcel, ...others] = (shipment.packages ?? []).filter(one => one.trackingNumber ?? one.carrier)
  const numbers = others.flatMap(({ trackingNumber }) => trackingNumber ?? [])
  const details = defined({
    carrier: parcel?.carrier,
    tracking_number: parcel?.trackingNumber,
    tracking_url: parcel?.trackingUrl,
    // A fulfilment shows one parcel.
    shipping_note: numbers.length > 0 ? `Further parcels: ${numbers.join(', ')}` : undefined,
    shipped_at: shipment.shippedAt,
  })
  return {
    uid: known?.uid ?? mark,
    state: STATES[shipment.status] ?? 'COMPLETED',
    metadata: { ...known?.metadata, [OURS]: mark },
    ...(known
      ? { shipment_details: details }
      : {
          type: 'SHIPMENT',
          ...entriesOf(shipment),
          shipment_details: { ...recipientOf(shipment), ...details },
        }),
  }
}

/** Whether all of it is there already; a closed one needs no mark of ours. */
export function shows(known: Fulfillment, wanted: Fulfillment): boolean {
  const details = known.shipment_details ?? {}
  const entries = Object.entries(wanted.shipment_details ?? {}) as [keyof ShipmentDetails, string][]
  const same = entries.every(([name, value]) => name === 'shipped_at' || details[name] === value)
  return (
    known.state === wanted.state &&
    same &&
    (isClosed(known) || known.metadata?.[OURS] === wanted.metadata?.[OURS])
  )
}

function entriesOf({ lines = [] }: ShipmentBody): object {
  const entries = lines.flatMap(({ lineId, quantity }) =>
    lineId ? [{ line_item_uid: lineId, quantity: String(quantity) }] : [],
  )
  return entries.length > 0 ? { line_item_application: 'ENTRY_LIST', entries } : {}
}

/** Square wants a name for every new parcel. */
const recipientOf = ({ shipTo: to = {} }: ShipmentBody): object => ({
  recipient: {
    display_name: to['name'] ?? to['company'] ?? 'Unknown',
    address: defined({
      address_line_1: to['line1'],
      address_line_2: to['line2'],
      locality: to['city'],
      administrative_district_level_1: to['provinceCode'] ?? to['province'],
      postal_code: to['postalCode'],
      country: to['country'],
    }),
  },
})

/** Metadata values and uids hold at most 60 characters. */
const markOf = (key: string): string => createHash('sha256').update(key).digest('base64url')

const defined = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<T>
