import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/carriers/ups/decode.ts'
import { receive } from '#connectors/carriers/ups/receive.ts'
import type { ConnectionView, ConnectorContext } from '#core/contracts/connector.ts'
import type { MappedDocument } from '#core/contracts/mapper.ts'
import { eventsOf, factsOf, joinTracking, type Tracking } from '#core/documents/tracking-facts.ts'
import type { Shipment } from '#core/documents/types.gen.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

const ALERT = 'webhook-track-alert-1.json'
const FOUND = 'tracking-1.json'
const NOT_FOUND = 'tracking-2.json'
/** Files that tell of no parcel under way, and why. */
const OTHERS: Readonly<Record<string, string>> = {
  'ship-response-1.json': 'the answer to the making of a return label; its number is masked',
}

const folder = fixturesDir() === null ? null : join(fixturesDir()!, 'ups')
if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

suite('real payloads of UPS', () => {
  let validator: Validator
  let documentOf: (body: Buffer, context: ConnectorContext) => Promise<MappedDocument>

  beforeAll(async () => {
    const schemas = await loadSchemas(MAPPINGS)
    validator = createValidator(schemas)
    const mapper = createMapper({ schemas })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('carriers/ups/'))
    documentOf = async (body, context) => {
      const message = { topic: 'track-alert', dedupeKey: 'k', headers: {}, body, via: 'webhook' }
      const decoded = await decode(message, context)
      if ('skip' in decoded) throw new Error(decoded.detail)
      const connection = { id: 'c', tenant: 't', settings: {} }
      const run = mapper.run(byTopic.get('ups track-alert')!, decoded.records[0], {
        bindings: { topic: 'track-alert', headers: {}, connection },
      })
      if (!run.ok) throw new Error(JSON.stringify(run))
      return run.output
    }
  })

  const read = (file: string): Buffer => readFileSync(join(folder!, file))
  const json = (file: string) => JSON.parse(read(file).toString())

  it('an alert is received, with when and what it was as its key', async () => {
    const request = {
      ...{ method: 'POST', target: '/in/c', url: 'https://hub.example/in/c', receivedAt: 0 },
      headers: {
        'user-agent': 'UPSPubSubTrackingService',
        authorization: 'Bearer s3cret',
        'x-api-key': 'client',
      },
      body: read(ALERT),
    }
    const connection = { secrets: { webhookSecret: ['s3cret'] } } as unknown as ConnectionView
    const received = await receive(request, connection, {} as ConnectorContext)
    expect(received).toMatchObject({
      ok: true,
      messages: [
        {
          topic: 'track-alert',
          dedupeKey: 'track-alert|1Z204W4R0308071865|I|OT|20240423|131519',
          eventAt: Date.UTC(2024, 3, 23, 13, 15, 19),
        },
      ],
    })
  })

  it('an alert is one scan, field by field', async () => {
    const alert = json(ALERT)
    const { externalId, revision, body } = await documentOf(read(ALERT), answering(json(NOT_FOUND)))
    expect(validator.validate('shipment', body)).toEqual([])
    expect([externalId, revision]).toEqual([alert.trackingNumber, Date.UTC(2024, 3, 23, 13, 15, 19)])
    expect(body).toMatchObject({
      // The number 17 is the octal reading of 021; what counts is OT.
      status: 'out-for-delivery',
      estimatedDeliveryAt: '2024-04-23T00:00:00Z',
      lines: [],
      packages: [
        {
          trackingNumber: alert.trackingNumber,
          carrierCode: 'UPS',
          status: 'out-for-delivery',
          events: [
            {
              at: '2024-04-23T13:15:19Z',
              status: 'out-for-delivery',
              code: alert.activityStatus.code,
              message: alert.activityStatus.description,
              city: alert.activityLocation.city,
              province: alert.activityLocation.stateProvince,
              country: alert.activityLocation.country,
              postalCode: alert.activityLocation.postalCode,
            },
          ],
        },
      ],
    })
  })

  it('the history brings every scan that the alert does not tell, and nobody’s name', async () => {
    const [shipment] = json(FOUND).trackResponse.shipment
    const [past] = shipment.package[0].activity
    const alert = { ...json(ALERT), trackingNumber: shipment.inquiryNumber }
    const { body } = await documentOf(Buffer.from(JSON.stringify(alert)), answering(json(FOUND)))
    expect(validator.validate('shipment', body)).toEqual([])
    const [parcel] = (body as unknown as Shipment).packages
    expect(parcel).toMatchObject({ trackingNumber: '1Z023E2X0214323462', service: 'UPS Ground' })
    expect(parcel!.events).toHaveLength(2)
    expect(parcel!.events![1]).toEqual({
      // Without GMT beside it: the local time as it stands.
      at: '2021-02-10T07:13:56Z',
      status: 'delayed',
      code: past.status.code,
      message: past.status.description,
      city: past.location.address.city,
      province: past.location.address.stateProvince,
      country: past.location.address.countryCode,
      postalCode: past.location.address.postalCode,
    })
    expect(JSON.stringify(body)).not.toMatch(/Sears|163000|100 Main St/)
  })

  it('scans stand in the order of time, in whichever order alerts arrive, and once', async () => {
    const times = ['131519', '104500', '120000', '131519']
    const documents = await Promise.all(
      times.map(gmtActivityTime =>
        documentOf(
          Buffer.from(JSON.stringify({ ...json(ALERT), gmtActivityTime })),
          answering(json(NOT_FOUND)),
        ),
      ),
    )
    const told = documents.map(({ body, revision }) => factsOf(body as unknown as Shipment, revision!))
    for (const order of [told, told.toReversed()])
      expect(timeline(order.reduce<Tracking>(joinTracking, {}))).toEqual([
        '2024-04-23T10:45:00Z',
        '2024-04-23T12:00:00Z',
        '2024-04-23T13:15:19Z',
      ])
  })

  it('are all looked at', () => {
    const files = readdirSync(folder!).filter(file => !file.endsWith('.headers.json'))
    expect(files.toSorted()).toEqual([ALERT, FOUND, NOT_FOUND, ...Object.keys(OTHERS)].toSorted())
  })
})

/** A Track API that says this. */
const answering = (body: unknown): ConnectorContext =>
  ({
    connection: { settings: {} },
    token: async () => 'token',
    now: () => 0,
    http: { request: async () => ({ status: 200, headers: {}, body }) },
  }) as unknown as ConnectorContext

const timeline = (tracking: Tracking): string[] =>
  Object.values(tracking).flatMap(facts => eventsOf(facts).map(({ at }) => at))
