import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import conformance from '#connectors/carriers/easypost/conformance.ts'
import { push } from '#connectors/carriers/easypost/push.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { PushOperation } from '#core/contracts/connector.ts'

const UPS = { trackingNumber: '1Z999AA10123456784', carrier: 'United Parcel', carrierCode: 'UPSN' }
const UNNAMED = { trackingNumber: ' 9400110200881234567895 ', carrier: 'Local Bikes' }

describe('watching parcels with EasyPost', () => {
  let bench: Bench
  let sent: number

  beforeEach(async () => {
    bench = await openBench(conformance)
    sent = 0
  })
  afterEach(() => bench.close())

  const operation = (body: object, externalId: string | null = null): PushOperation => ({
    ...{ resource: 'shipment', key: 'acme:shop:1', revision: 1, externalId, dependencies: {} },
    ...{ uncertain: false, idempotencyKey: 'k', sending: () => void sent++ },
    body: { status: 'shipped', lines: [], ...body },
  })
  const watched = () => bench.simulator!.held!('shipment').map(({ key, body }) => [key, carrierOf(body)])

  it('makes a tracker for every parcel and links the first', async () => {
    const { externalId } = await push(operation({ packages: [UPS, UNNAMED] }), bench.context)
    expect(watched()).toEqual([
      ['1Z999AA10123456784', 'UPS'],
      ['9400110200881234567895', 'USPS'],
    ])
    expect(externalId).toMatch(/^trk_/)
    expect(sent).toBe(1)
  })

  it('leaves a carrier that EasyPost does not know for EasyPost to find', async () => {
    const bodies: unknown[] = []
    const { http } = bench.context
    const watching = {
      request: (request: Parameters<typeof http.request>[0]) => {
        bodies.push(request.body)
        return http.request(request)
      },
    }
    await push(operation({ packages: [UNNAMED] }), { ...bench.context, http: watching })
    expect(JSON.parse(JSON.stringify(bodies))).toEqual([
      { tracker: { tracking_code: '9400110200881234567895' } },
    ])
  })

  it('watches the other parcels when one number is refused, and says which rule it broke', async () => {
    const pushed = push(operation({ packages: [{ trackingNumber: '#1' }, UPS] }), bench.context)
    await expect(pushed).rejects.toMatchObject({
      code: 'PARTNER_REFUSED',
      detail: expect.stringContaining('TRACKER.CREATE.ERROR'),
    })
    expect(watched()).toEqual([['1Z999AA10123456784', 'UPS']])
  })

  it.each(['delivered', 'returned', 'cancelled'])('does not begin to watch what is %s', async status => {
    const pushed = push(operation({ status, packages: [UPS] }), bench.context)
    await expect(pushed).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
    expect(await push(operation({ status, packages: [UPS] }, 'trk_1'), bench.context)).toEqual({
      externalId: 'trk_1',
    })
    expect([watched(), sent]).toEqual([[], 0])
  })

  it('waits for a number', async () => {
    const pushed = push(operation({ packages: [{ carrier: 'UPS' }, { trackingNumber: ' ' }] }), bench.context)
    await expect(pushed).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
    expect(sent).toBe(0)
  })
})

const carrierOf = (body: unknown): unknown => (body as { carrier: unknown }).carrier
