import type { Shipment, TrackingEvent } from '#core/documents/types.gen.ts'
import type { Place, TrackingHub } from './tracking-hub.ts'

export const NUMBER = '1Z 999-AA'
export const SHIPMENT = 'shipment:acme:wms:w1'

/** A day of March 2026. */
export const day = (n: number): string => new Date(Date.UTC(2026, 2, n)).toISOString()

export const scan = (n: number, status: TrackingEvent['status']): TrackingEvent => ({ at: day(n), status })

interface Shipped {
  id?: string
  rev?: number
  linkId?: string
  key?: string
  body?: Partial<Shipment>
}

const shipment = (externalId: string, channel: Place, body: Partial<Shipment>): Record<string, unknown> => ({
  ...{ externalId, channel, status: 'shipped', lines: [], ...body },
})

/** What partners say to the hub of the running test, and what it made of it. */
export const tellersOf = (hub: () => TrackingHub) => ({
  order: (shop: Place = 'shop', id = 'o1') =>
    hub().receive(shop, { id, resource: 'order', number: '#1001', body: { number: '#1001' } }),

  /** Of the order that the warehouse was given as `linkId`. */
  shipped: ({ id = 'w1', rev = 1, linkId = 'wms-1', key, body }: Shipped = {}) =>
    hub().receive('wms', {
      ...{ id, rev, resource: 'shipment' },
      dependsOn: [{ resource: 'order', linkId, ...(key !== undefined && { key }) }],
      body: shipment(id, 'wms', {
        ...{
          orderId: linkId,
          packages: [{ trackingNumber: NUMBER, carrier: 'UPS' }],
          shippedAt: day(1),
          ...body,
        },
      }),
    }),

  /** The carrier’s scans of the parcel. */
  told: (rev: number, events: TrackingEvent[]) =>
    hub().receive('ups', {
      ...{ id: 'trk', rev, resource: 'shipment' },
      body: shipment('trk', 'ups', { status: 'unknown', packages: [{ trackingNumber: '1z999aa', events }] }),
    }),

  /** A shipment as the shop itself tells it. */
  echo: (id: string) =>
    hub().receive('shop', {
      ...{ id, rev: 1, resource: 'shipment', dependsOn: [{ resource: 'order', externalId: 'o1' }] },
      body: shipment(id, 'shop', { packages: [{ trackingNumber: NUMBER }] }),
    }),

  /** What a partner was sent last. */
  bodyAt: (place: Place) => hub().partners[place].operations.at(-1)?.body as unknown as Shipment,

  documentOf: async (id: string) => (await hub().store.documents.get(id))?.body as unknown as Shipment,
})
