import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DocumentCandidate, StoredDocument } from '#core/contracts/store.ts'
import { mergeShipment, mergeTracking, trackingOf } from '#core/documents/merge-shipment.ts'
import type { Package, Shipment, TrackingEvent } from '#core/documents/types.gen.ts'
import { contentHash } from '#core/kernel/canonical-json.ts'
import { mergeDocument } from '#core/store/document-rules.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour)).toISOString()
const scan = (
  hour: number,
  status: TrackingEvent['status'],
  over: Partial<TrackingEvent> = {},
): TrackingEvent => ({
  at: at(hour),
  status,
  ...over,
})

function candidate(
  body: Partial<Shipment>,
  revision = 1,
  over: Partial<DocumentCandidate> = {},
): DocumentCandidate {
  const whole = { externalId: 's1', channel: 'wms', status: 'shipped', lines: [], packages: [], ...body }
  return {
    ...{
      id: 'shipment:acme:wms:s1',
      resource: 'shipment',
      key: 'acme:wms:s1',
      tenant: 'acme',
      connection: 'wms',
    },
    ...{
      externalId: 's1',
      order: { revision, event: revision, arrival: revision },
      body: whole,
      hash: contentHash(whole),
    },
    ...{
      mapping: { id: 'm', version: 1 },
      message: `m${revision}`,
      receivedAt: revision,
      dependsOn: [],
      ...over,
    },
  } as DocumentCandidate
}

type Step = (stored: StoredDocument | null) => StoredDocument

const own =
  (one: DocumentCandidate): Step =>
  stored =>
    mergeDocument(stored, one, { now: 1, merge: mergeShipment }).document

/** What a carrier said, folded into the shipment; a shipment that is not known yet takes none. */
const news =
  (events: TrackingEvent[], revision = 1, over: Partial<Shipment> = {}, number = '1Z 999'): Step =>
  stored => {
    if (!stored) throw new Error('There is no shipment yet.')
    const told = candidate({ packages: [{ trackingNumber: number, events }], ...over }, revision)
    return mergeDocument(stored, stored, { now: 1, merge: mergeTracking(trackingOf(told)) }).document
  }

const parcel = (over: Partial<Package> = {}): Package => ({ trackingNumber: '1z-999', ...over })
const shipped = own(candidate({ packages: [parcel()] }))
const run = (...steps: Step[]): Shipment =>
  steps.reduce<StoredDocument | null>((stored, step) => step(stored), null)!.body as unknown as Shipment

describe('a shipment and the scans of its parcels', () => {
  it('takes the scans by the number, however it is written, and stands as the newest scan says', () => {
    const { status, packages } = run(shipped, news([scan(9, 'out-for-delivery'), scan(2, 'in-transit')]))
    expect(status).toBe('out-for-delivery')
    expect(packages).toEqual([
      {
        trackingNumber: '1z-999',
        status: 'out-for-delivery',
        events: [scan(2, 'in-transit'), scan(9, 'out-for-delivery')],
      },
    ])
  })

  it.each<[string, TrackingEvent[], Shipment['status'], string | null]>([
    ['a late scan of before', [scan(9, 'delivered'), scan(3, 'in-transit')], 'delivered', at(9)],
    ['a scan after the delivery', [scan(9, 'delivered'), scan(11, 'delayed')], 'delivered', at(9)],
    ['a claim after the delivery', [scan(9, 'delivered'), scan(12, 'failed')], 'delivered', at(9)],
    ['a picture of the delivery', [scan(9, 'delivered'), scan(18, 'delivered')], 'delivered', at(9)],
    [
      'a delivery by mistake',
      [scan(9, 'delivered'), scan(20, 'out-for-delivery'), scan(22, 'delivered')],
      'delivered',
      at(22),
    ],
    ['a parcel sent back', [scan(9, 'delivered'), scan(12, 'returned')], 'returned', null],
    [
      'a parcel delivered to its sender',
      [scan(9, 'returned'), scan(12, 'in-transit'), scan(20, 'delivered')],
      'returned',
      null,
    ],
    ['a scan that nobody knows', [scan(9, 'in-transit'), scan(12, 'unknown')], 'in-transit', null],
    ['a first scan that nobody knows', [scan(9, 'unknown'), scan(12, 'in-transit')], 'in-transit', null],
    ['a parcel that goes on', [scan(9, 'delayed'), scan(12, 'in-transit')], 'in-transit', null],
  ])('understands %s', (_, events, status, deliveredAt) => {
    const merged = run(shipped, news(events))
    expect([merged.status, merged.packages[0]!.status, merged.deliveredAt ?? null]).toEqual([
      status,
      status,
      deliveredAt,
    ])
  })

  it.each<[string, Shipment['status'][], Shipment['status']]>([
    ['all delivered', ['delivered', 'delivered'], 'delivered'],
    ['one still on its way', ['delivered', 'in-transit'], 'in-transit'],
    ['one that has not left', ['in-transit', 'label-created'], 'shipped'],
    ['one in trouble', ['out-for-delivery', 'failed'], 'failed'],
    ['one nobody knows of', ['delivered', 'unknown'], 'delivered'],
  ])('of several parcels: %s', (_, statuses, status) => {
    const numbers = ['100001', '100002']
    const both = own(candidate({ packages: numbers.map(trackingNumber => ({ trackingNumber })) }))
    const told = statuses.map((one, index) => news([scan(5, one)], 1, {}, numbers[index]))
    expect(run(both, ...told).status).toBe(status)
  })

  it('keeps what its source says, and lets a carrier fill what it leaves out', () => {
    const body = {
      shipTo: { city: 'Køge' },
      packages: [parcel({ carrier: 'United Parcel' })],
      lines: [{ sku: 'A', quantity: 1 }],
    }
    const told = candidate({
      shipTo: { city: 'Other' },
      packages: [parcel({ carrier: 'UPS', carrierCode: 'UPS' })],
    })
    const stored = own(candidate(body))(null)
    const merged = mergeDocument(stored, stored, { now: 1, merge: mergeTracking(trackingOf(told)) }).document
    expect(merged.body).toMatchObject({ shipTo: { city: 'Køge' }, lines: body.lines, status: 'shipped' })
    expect(merged.body['packages']).toEqual([{ ...parcel({ carrier: 'United Parcel' }), carrierCode: 'UPS' }])
  })

  it('keeps the scans when its source changes it, and what the source says of the rest is new', () => {
    const changed = own(candidate({ packages: [parcel()], service: 'express' }, 5))
    const merged = run(shipped, news([scan(9, 'delivered')]), changed)
    expect(merged).toMatchObject({ service: 'express', status: 'delivered', deliveredAt: at(9) })
  })

  it('stays cancelled when a void label is scanned', () => {
    const cancelled = own(candidate({ status: 'cancelled', packages: [parcel()] }))
    expect(run(cancelled, news([scan(9, 'label-created')])).status).toBe('cancelled')
  })

  it('has the estimate that was told last', () => {
    const estimate = (hour: number) => ({ estimatedDeliveryAt: at(hour) })
    expect(run(shipped, news([], 8, estimate(40)), news([], 7, estimate(50))).estimatedDeliveryAt).toBe(
      at(40),
    )
  })

  it('takes the correction of a scan that has an id', () => {
    const wrong = scan(9, 'delivered', { externalId: 'e1' })
    const right = scan(9, 'attempted', { externalId: 'e1' })
    const ends = [
      run(shipped, news([wrong], 1), news([right], 2)),
      run(shipped, news([right], 2), news([wrong], 1)),
    ]
    for (const { packages } of ends)
      expect(packages[0]).toMatchObject({ status: 'attempted', events: [right] })
  })

  it('is unchanged by what it knows, and stale where an older revision says nothing new', () => {
    const stored = news([scan(9, 'delivered')])(own(candidate({ packages: [parcel()] }, 5))(null))
    const again = mergeDocument(stored, candidate({ packages: [parcel()] }, 5), {
      now: 2,
      merge: mergeShipment,
    })
    expect(again).toMatchObject({ outcome: 'unchanged', document: { revision: 2 } })
    const older = candidate({ packages: [parcel()], service: 'slow' }, 3)
    expect(mergeDocument(stored, older, { now: 2, merge: mergeShipment }).outcome).toBe('stale')
    const withScan = candidate({ packages: [parcel({ events: [scan(1, 'shipped')] })], service: 'slow' }, 3)
    const { outcome, document } = mergeDocument(stored, withScan, { now: 2, merge: mergeShipment })
    expect([outcome, document.order.revision]).toEqual(['updated', 5])
    expect(document.body).not.toHaveProperty('service')
    expect(document.body['packages']).toMatchObject([{ events: [scan(1, 'shipped'), scan(9, 'delivered')] }])
  })
})

describe('any history in any order, with duplicates', () => {
  const statuses = [
    'label-created',
    'in-transit',
    'out-for-delivery',
    'delivered',
    'returned',
    'failed',
    'unknown',
  ] as const
  const event = fc.record(
    {
      at: fc.integer({ min: 1, max: 6 }).map(at),
      status: fc.constantFrom(...statuses),
      city: fc.constantFrom('Aarhus', 'Bonn'),
      externalId: fc.constantFrom('e1', 'e2', 'e3'),
    },
    { requiredKeys: ['at', 'status'] },
  ) as fc.Arbitrary<TrackingEvent>
  const packages = fc.uniqueArray(
    fc.record({
      trackingNumber: fc.constantFrom('1Z 999', '1z-111', '222 22'),
      events: fc.array(event, { maxLength: 3 }),
    }),
    { selector: ({ trackingNumber }) => trackingNumber, maxLength: 2 },
  )
  const body = fc.record(
    {
      packages,
      service: fc.constantFrom('a', 'b'),
      status: fc.constantFrom('shipped' as const, 'cancelled' as const),
      estimatedDeliveryAt: fc.integer({ min: 20, max: 23 }).map(at),
    },
    { requiredKeys: ['packages', 'status'] },
  ) as fc.Arbitrary<Partial<Shipment>>
  const histories = fc
    .array(fc.record({ fromSource: fc.boolean(), body }), { minLength: 1, maxLength: 7 })
    .chain(steps => {
      const indices = steps.map((_, index) => index)
      const arrival = fc
        .tuple(
          fc.shuffledSubarray(indices, { minLength: steps.length }),
          fc.array(fc.constantFrom(...indices), { maxLength: 4 }),
        )
        .map(([all, again]) => [...all, ...again])
      return fc.record({ steps: fc.constant(steps), one: arrival, other: arrival })
    })

  it('makes the same document', () => {
    fc.assert(
      fc.property(histories, ({ steps, one, other }) => {
        const first = own(candidate({}, 0))
        const told = steps.map(({ fromSource, body: said }, index): Step => {
          const sent = candidate(said, index + 1)
          if (fromSource) return own(sent)
          return stored =>
            mergeDocument(stored, stored!, { now: 1, merge: mergeTracking(trackingOf(sent)) }).document
        })
        const ends = [one, other].map(order =>
          order.reduce<StoredDocument>((stored, index) => told[index]!(stored), first(null)),
        )
        expect(ends[0]!.body).toEqual(ends[1]!.body)
        expect(ends[0]!.hash).toBe(ends[1]!.hash)
        expect(ends[0]!.parts).toEqual(ends[1]!.parts)
        expect(ends[0]!.order).toEqual(ends[1]!.order)
      }),
      { numRuns: 400 },
    )
  })
})
