import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/carriers/easypost/decode.ts'
import { receive } from '#connectors/carriers/easypost/receive.ts'
import type { ConnectionView, ConnectorContext, RawMessage, Received } from '#core/contracts/connector.ts'
import type { MappedDocument } from '#core/contracts/mapper.ts'
import { eventsOf, factsOf, joinTracking, type Tracking } from '#core/documents/tracking-facts.ts'
import type { Shipment } from '#core/documents/types.gen.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

/** Files that are no news of a tracker, and why. */
const NO_TRACKER_EVENTS: Readonly<Record<string, string>> = {
  'webhook-batch-1.json': 'an event of a batch of labels: kept, and skipped as TOPIC_IGNORED',
  'shipment-1.json': 'a label that was bought, as the API answers; its tracker is read below',
  'shipment-2.json': 'a label, as the API answers',
  'return-1.json': 'a label of a return, as the API answers',
  'refund-1.json': 'a refund of postage, not of an order',
  'shipment-refund-1.json': 'a refund of postage, as the API answers',
  'event-payload-1.json': 'deliveries of webhooks, as the API lists them',
  'error-1.json': 'an error, which responses.ts reads',
}

/** Their words and ours, written down a second time. */
const STATUS: Readonly<Record<string, string>> = {
  unknown: 'unknown',
  pre_transit: 'label-created',
  in_transit: 'in-transit',
  out_for_delivery: 'out-for-delivery',
  delivered: 'delivered',
}

interface Detail {
  status: string
  datetime: string
  message: string | null
  carrier_code?: string | null
  status_detail?: string | null
  tracking_location: Record<'city' | 'state' | 'country' | 'zip', string | null>
}

interface Tracker {
  id: string
  tracking_code: string
  status: string
  updated_at: string
  est_delivery_date: string | null
  carrier: string
  weight: number | null
  public_url: string
  tracking_details: Detail[]
}

const folder = fixturesDir() === null ? null : join(fixturesDir()!, 'easypost')
if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

suite('real payloads of EasyPost', () => {
  const EVENTS = ['webhook-tracker-updated-1.json', 'webhook-tracker-updated-2.json']
  let validator: Validator
  let mapped: (record: unknown, topic: string) => MappedDocument

  beforeAll(async () => {
    const schemas = await loadSchemas(MAPPINGS)
    validator = createValidator(schemas)
    const mapper = createMapper({ schemas })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('carriers/easypost/'))
    mapped = (record, topic) => {
      const connection = { id: 'c', tenant: 't', settings: {} }
      const run = mapper.run(byTopic.get(`easypost ${topic}`)!, record, {
        bindings: { topic, headers: {}, connection },
      })
      if (!run.ok) throw new Error(JSON.stringify(run))
      return run.output
    }
  })

  const read = (file: string): Buffer => readFileSync(join(folder!, file))
  const json = (file: string) => JSON.parse(read(file).toString())

  const documentOf = (file: string): MappedDocument => {
    const decoded = decode(message('tracker.updated', read(file)))
    if ('skip' in decoded) throw new Error(decoded.detail)
    return mapped(decoded.records[0], 'tracker.updated')
  }

  it.each(EVENTS)('%s tells every scan, field by field', file => {
    const { result } = json(file) as { result: Tracker }
    const { externalId, revision, body } = documentOf(file)
    const [parcel] = (body as unknown as Shipment).packages
    expect(validator.validate('shipment', body)).toEqual([])
    expect([externalId, revision]).toEqual([result.id, Date.parse(result.updated_at)])
    expect(body).toMatchObject({ channel: 'easypost', status: STATUS[result.status], lines: [] })
    expect(Date.parse(String(body['estimatedDeliveryAt']))).toBe(Date.parse(result.est_delivery_date!))
    expect(parcel).toMatchObject({
      trackingNumber: result.tracking_code,
      carrier: result.carrier,
      trackingUrl: result.public_url,
      status: STATUS[result.status],
      weight: { value: result.weight, unit: 'oz' },
    })
    expect(parcel!.events).toEqual(result.tracking_details.map(expectedEvent))
  })

  it('the tracker of a label that was bought has no scans yet', () => {
    const { tracker } = json('shipment-1.json') as { tracker: Tracker }
    const { body } = mapped(tracker, 'polled/tracker')
    expect(validator.validate('shipment', body)).toEqual([])
    expect(body).toMatchObject({
      status: 'unknown',
      packages: [
        { trackingNumber: '9434600208303109842228', carrier: 'USPS', status: 'unknown', events: [] },
      ],
    })
  })

  it.each(EVENTS)('the scans of %s stand in the order of time, however they were told', file => {
    const { body } = documentOf(file)
    const whole = body as unknown as Shipment
    const [parcel] = whole.packages
    const told = (parcel!.events ?? []).map((event, index) =>
      factsOf({ ...whole, packages: [{ ...parcel!, events: [event] }] }, index),
    )
    const orders = [told, told.toReversed(), [...told, ...told]]
    const timelines = orders.map(order => times(order.reduce<Tracking>(joinTracking, {})))
    expect(new Set(timelines[0]).size).toBe(parcel!.events!.length)
    expect(timelines[0]).toEqual(timelines[0]!.toSorted())
    expect(timelines).toEqual([timelines[0], timelines[0], timelines[0]])
  })

  it('the published signature holds, and one that fits no weight does not', async () => {
    const vectors = JSON.parse(
      readFileSync(join(fixturesDir()!, 'signatures', 'easypost.json')).toString(),
    ) as Vector[]
    for (const vector of vectors) {
      const { ok } = await judged(vector)
      expect([vector.id, ok]).toEqual([vector.id, vector.valid])
    }
    const genuine = vectors.find(({ valid }) => valid)!
    const lost = await judged({ ...genuine, body: genuine.body.replace('614.4', '614') })
    expect(lost.ok).toBe(false)
  })

  it('are all looked at', () => {
    const files = readdirSync(folder!).filter(file => !file.endsWith('.headers.json'))
    expect(files.toSorted()).toEqual([...EVENTS, ...Object.keys(NO_TRACKER_EVENTS)].toSorted())
  })
})

interface Vector {
  id: string
  secret: string
  headers: Record<string, string>
  body: string
  valid: boolean
}

const message = (topic: string, body: Buffer): RawMessage => ({ topic, dedupeKey: 'k', headers: {}, body })

async function judged({ secret, headers, body }: Vector): Promise<Received> {
  const request = {
    ...{ method: 'POST', target: '/in/c', url: 'https://hub.example/in/c', receivedAt: 0 },
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const),
    ),
    body: Buffer.from(body),
  }
  const connection = { secrets: { webhookSecret: [secret] } } as unknown as ConnectionView
  return receive(request, connection, {} as ConnectorContext)
}

const times = (tracking: Tracking): string[] =>
  Object.values(tracking).flatMap(facts => eventsOf(facts).map(({ at }) => at))

function expectedEvent(detail: Detail): Record<string, unknown> {
  const { city, state, country, zip } = detail.tracking_location
  const members = {
    at: detail.datetime,
    status: STATUS[detail.status],
    code: detail.carrier_code || detail.status_detail,
    message: detail.message,
    city,
    province: state,
    country,
    postalCode: zip,
  }
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value))
}
