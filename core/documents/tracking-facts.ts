import { canonicalJson } from '../kernel/canonical-json.ts'
import { epochOf } from './parcel-status.ts'
import { normalTrackingNumber } from './tracking-number.ts'
import type { Package, Shipment, TrackingEvent } from './types.gen.ts'

/** Something said, and when: the source's clock of the message that said it. */
interface Told<T> {
  told: number
  value: T
}

/** Everything that was ever told of one parcel. Only grows, so it does not matter in which order it was told. */
export interface ParcelFacts {
  /** By `eventKey`. */
  events: Record<string, Told<TrackingEvent>>
  /** `estimatedDeliveryAt` and what describes the parcel. */
  about: Record<string, Told<string>>
}

/** By normal tracking number. */
export type Tracking = Record<string, ParcelFacts>

export const ESTIMATE = 'estimatedDeliveryAt'

/** What a carrier may add to a parcel where its source leaves it out. */
export const DESCRIPTIVE = [
  'carrier',
  'carrierCode',
  'service',
  'trackingUrl',
] as const satisfies (keyof Package)[]

/** The same scan told twice has the same key. */
export function eventKey(event: TrackingEvent): string {
  const { externalId, at, status, code, city, province, postalCode, country } = event
  if (externalId !== undefined) return `id ${externalId}`
  return JSON.stringify([epochOf(at), status, code, city, province, postalCode, country])
}

/** What a shipment says of its parcels; parcels without a number cannot be recognised again. */
export function factsOf({ packages, estimatedDeliveryAt }: Shipment, told: number): Tracking {
  const tracking: Tracking = {}
  for (const parcel of packages) {
    if (parcel.trackingNumber === undefined) continue
    const number = normalTrackingNumber(parcel.trackingNumber)
    const facts: ParcelFacts = { events: {}, about: {} }
    for (const event of parcel.events ?? []) tell(facts.events, eventKey(event), { told, value: event })
    for (const name of DESCRIPTIVE)
      if (parcel[name] !== undefined) facts.about[name] = { told, value: parcel[name] }
    if (estimatedDeliveryAt !== undefined) facts.about[ESTIMATE] = { told, value: estimatedDeliveryAt }
    tracking[number] = joinFacts(tracking[number], facts)
  }
  return tracking
}

/** All that either knows. Commutative, associative, idempotent. */
export function joinTracking(a: Tracking, b: Tracking): Tracking {
  const joined = { ...a }
  for (const [number, facts] of Object.entries(b)) joined[number] = joinFacts(a[number], facts)
  return joined
}

function joinFacts(a: ParcelFacts | undefined, b: ParcelFacts): ParcelFacts {
  if (!a) return b
  const joined: ParcelFacts = { events: { ...a.events }, about: { ...a.about } }
  for (const [key, event] of Object.entries(b.events)) tell(joined.events, key, event)
  for (const [name, value] of Object.entries(b.about)) tell(joined.about, name, value)
  return joined
}

/** What was told later stands; of what was told at the same time always the same. */
function tell<T>(known: Record<string, Told<T>>, key: string, next: Told<T>): void {
  const before = known[key]
  if (!before || isLater(next, before)) known[key] = next
}

const isLater = (a: Told<unknown>, b: Told<unknown>): boolean =>
  a.told === b.told ? canonicalJson(a.value) > canonicalJson(b.value) : a.told > b.told

/** Oldest first; scans of one moment in an order that is always the same. */
export const eventsOf = ({ events }: ParcelFacts): TrackingEvent[] =>
  Object.entries(events)
    .map(([key, { value }]) => ({ key, event: value, at: epochOf(value.at) }))
    .toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
    .map(({ event }) => event)

/** Only what happened in this span: a number is given to another parcel after some months. */
export const withinSpan = (tracking: Tracking, { from, to }: Span): Tracking =>
  Object.fromEntries(
    Object.entries(tracking).map(([number, { events, about }]) => {
      const within = (at: string) => epochOf(at) >= from && epochOf(at) < to
      const kept = Object.entries(events).filter(([, { value }]) => within(value.at))
      const said = Object.entries(about).filter(([name, { value }]) => name !== ESTIMATE || within(value))
      return [number, { events: Object.fromEntries(kept), about: Object.fromEntries(said) }]
    }),
  )

/** Epoch milliseconds; `to` is not in it. */
export interface Span {
  from: number
  to: number
}
