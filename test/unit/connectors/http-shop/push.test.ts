import { describe, expect, it } from '@jest/globals'
import { push } from '#connectors/storefronts/http/push.ts'
import type { HttpResponse, PushOperation } from '#core/contracts/connector.ts'
import { BASE, shopThatAnswers } from './declared.ts'

async function pushed(
  setting: object,
  answers: Partial<HttpResponse>[] = [{}],
  more: Partial<PushOperation> & { settings?: object } = {},
) {
  const { context, requests } = shopThatAnswers({ pushes: { shipment: setting }, ...more.settings }, answers)
  const sentAt: number[] = []
  const operation: PushOperation = {
    resource: 'shipment',
    key: 'acme:wms:5',
    revision: 1,
    body: { order: 'A/1', parcel: { id: 5 } },
    externalId: null,
    dependencies: {},
    uncertain: false,
    idempotencyKey: 'shipment:acme:wms:5',
    sending: () => sentAt.push(requests.length),
    ...more,
  }
  const result = await push(operation, context)
  return {
    result,
    sentAt,
    calls: requests.map(({ method, url }) => `${method} ${url.slice(BASE.length)}`),
    requests,
  }
}

describe('a declared push', () => {
  it('fills its path from the body, encoded', async () => {
    const { calls, result, requests } = await pushed({ path: '/orders/{/order}/parcels/{/parcel/id}' })
    expect(calls).toEqual(['PUT /orders/A%2F1/parcels/5'])
    expect(requests[0]!.body).toEqual({ order: 'A/1', parcel: { id: 5 } })
    expect(result).toEqual({ externalId: 'acme:wms:5', status: 200 })
  })

  it('sends a key that the shop knows repetitions by, and links the id of the answer', async () => {
    const setting = { method: 'POST', path: '/parcels', idempotencyHeader: 'Idempotency-Key', id: '/data/id' }
    const { requests, result } = await pushed(setting, [{ status: 201, body: { data: { id: 77 } } }])
    expect(requests[0]!.headers).toMatchObject({ 'idempotency-key': 'shipment:acme:wms:5' })
    expect(result).toEqual({ externalId: '77', status: 201 })
  })

  const searched = {
    method: 'POST',
    path: '/parcels',
    search: { path: '/parcels/by/{key}', items: '/items' },
  }

  it('looks first, and makes what is not there', async () => {
    const { calls, sentAt } = await pushed(searched, [{ body: { items: [] } }, { status: 201 }])
    expect(calls).toEqual(['GET /parcels/by/acme%3Awms%3A5', 'POST /parcels'])
    expect(sentAt).toEqual([1])
  })

  it('does not make again what is there', async () => {
    const { calls, result } = await pushed({ ...searched, once: true }, [{ body: { items: [{ id: 9 }] } }])
    expect(calls).toEqual(['GET /parcels/by/acme%3Awms%3A5'])
    expect(result).toEqual({ externalId: '9' })
  })

  it('updates what it finds, and what is linked', async () => {
    const setting = { ...searched, update: { method: 'PATCH', path: '/parcels/{externalId}' } }
    expect((await pushed(setting, [{ body: { items: [{ id: 9 }] } }])).calls[1]).toBe('PATCH /parcels/9')
    const linked = await pushed(setting, [{}], { externalId: '12' })
    expect(linked.calls).toEqual(['PATCH /parcels/12'])
    expect(linked.result.externalId).toBe('12')
  })

  it.each([
    ['what its path needs', { body: { order: '' } }],
    ['a way out of its path', { body: { order: '..' } }],
  ])('is parked where the body has no order, or %s', async (_what, more) => {
    await expect(pushed({ path: '/orders/{/order}' }, [{}], more)).rejects.toMatchObject({
      code: 'MAPPING_MISSING',
      detail: expect.stringContaining('{/order}'),
    })
  })

  it('means by an answer what the settings say, then what HTTP says', async () => {
    const settings = {
      responses: [{ status: '4xx', pointer: '/error', equals: 'locked', code: 'PARTNER_CONFLICT' }],
    }
    const refused = (body: unknown) => pushed({ path: '/x' }, [{ status: 422, body }], { settings })
    await expect(refused({ error: 'locked' })).rejects.toMatchObject({ code: 'PARTNER_CONFLICT' })
    await expect(refused({ error: 'else' })).rejects.toMatchObject({ code: 'PARTNER_REFUSED' })
  })

  it('is not supported where it is not declared', async () => {
    await expect(pushed({ path: '/x' }, [{}], { resource: 'order' })).rejects.toMatchObject({
      code: 'DESTINATION_UNSUPPORTED',
    })
  })
})
