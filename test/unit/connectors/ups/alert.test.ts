import { describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/carriers/ups/decode.ts'
import { receive } from '#connectors/carriers/ups/receive.ts'
import type { ConnectionView, ConnectorContext, RawMessage } from '#core/contracts/connector.ts'

const ALERT = {
  trackingNumber: '1Z999AA10123456784',
  activityStatus: { type: 'I', code: 'AR' },
  gmtActivityDate: '20260506',
  gmtActivityTime: '74700',
}
const body = Buffer.from(JSON.stringify(ALERT))
const message: RawMessage = { topic: 'track-alert', dedupeKey: 'k', headers: {}, body }

/** A hub whose calls are answered with this; how often it was asked. */
function hub(answer: { status: number; body: unknown }, settings: object = {}) {
  const urls: string[] = []
  const context = {
    connection: { settings, secrets: { webhookSecret: ['s3cret'] } },
    token: async () => 'token',
    now: () => 0,
    http: {
      async request({ url }: { url: string }) {
        urls.push(url)
        return { headers: {}, ...answer }
      },
    },
  }
  return { urls, context: context as unknown as ConnectorContext }
}

const details = (parcels: object[]) => ({
  status: 200,
  body: { trackResponse: { shipment: [{ package: parcels }] } },
})

describe('alerts of UPS', () => {
  const received = (headers: Record<string, string>) =>
    receive(
      { method: 'POST', target: '/in/c', url: 'https://hub.example/in/c', receivedAt: 0, headers, body },
      hub(details([])).context.connection as ConnectionView,
      {} as ConnectorContext,
    )

  it('prove themselves by a bearer token, or as version 1 by a credential', async () => {
    for (const headers of [{ authorization: 'Bearer s3cret' }, { credential: 's3cret' }])
      expect(await received(headers as unknown as Record<string, string>)).toMatchObject({
        ok: true,
        messages: [{ eventAt: Date.UTC(2026, 4, 6, 7, 47) }],
      })
    for (const headers of [
      {},
      { 'user-agent': 'UPSPubSubTrackingService' },
      { credential: 'other' },
      { authorization: 'Bearer other', credential: 's3cret' },
    ])
      expect(await received(headers as unknown as Record<string, string>)).toMatchObject({
        ok: false,
        status: 401,
      })
  })

  it('are kept alone where the history is not wanted', async () => {
    const { urls, context } = hub(details([]), { fetchHistory: false })
    expect(await decode(message, context)).toEqual({ records: [ALERT] })
    expect(urls).toEqual([])
  })

  it('get the history of their own parcel, without people and addresses', async () => {
    const parcel = {
      trackingNumber: ALERT.trackingNumber,
      activity: [{ gmtDate: '20260505' }],
      packageAddress: [{ name: 'Mara Lindqvist' }],
      deliveryInformation: { receivedBy: 'Mara' },
    }
    const { urls, context } = hub(details([{ trackingNumber: '1Z999AA10000000001', activity: [] }, parcel]))
    const decoded = await decode(message, context)
    expect(JSON.parse(JSON.stringify(decoded))).toEqual({
      records: [{ ...ALERT, history: { activity: parcel.activity } }],
    })
    expect(urls[0]).toMatch(/^https:\/\/onlinetools\.ups\.com\/api\/track\/v1\/details\/1Z999AA10123456784\?/)
  })

  it.each([
    ['a warning', details([])],
    ['a 404', { status: 404, body: { response: { errors: [{ code: 'TW0001', message: 'Not found' }] } } }],
  ])('stand alone where UPS knows no history: %s', async (_, answer) => {
    expect(await decode(message, hub(answer).context)).toEqual({ records: [ALERT] })
  })

  it('come again later where the history cannot be had', async () => {
    const failing = decode(message, hub({ status: 503, body: {} }).context)
    await expect(failing).rejects.toMatchObject({ code: 'PARTNER_FAILED' })
  })
})
