import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { receive } from '#connectors/storefronts/woocommerce/receive.ts'
import type { ConnectionView, ConnectorContext, RawRequest } from '#core/contracts/connector.ts'

const BODY = '{"id":7}'

const connection = (secrets: ConnectionView['secrets']): ConnectionView => ({
  ...{ id: 'woo', tenant: 'acme', connector: 'woocommerce' },
  settings: { shopUrl: 'https://Shop.example/store/' },
  secrets,
})

const signed = (secret: string, headers: Record<string, string> = {}, body = BODY): RawRequest => ({
  ...{ method: 'POST', target: '/in/woo', url: 'https://hub.example/in/woo', receivedAt: 5_000 },
  headers: {
    'content-type': 'application/json',
    'x-wc-webhook-topic': 'order.updated',
    'x-wc-webhook-source': 'http://shop.example/store',
    'x-wc-webhook-id': '12',
    'x-wc-webhook-delivery-id': '34',
    'x-wc-webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
    ...headers,
  },
  body: Buffer.from(body),
})

const received = (request: RawRequest, secrets: ConnectionView['secrets'] = { webhookSecret: ['whs'] }) =>
  receive(request, connection(secrets), {} as ConnectorContext)

describe('receiving a webhook of WooCommerce', () => {
  it('names topic, webhook and delivery, and takes the arrival for its time', () => {
    expect(received(signed('whs'))).toEqual({
      ok: true,
      messages: [
        {
          topic: 'order.updated',
          dedupeKey: 'order.updated|12|34',
          eventAt: 5_000,
          headers: {
            'content-type': 'application/json',
            'x-wc-webhook-topic': 'order.updated',
            'x-wc-webhook-source': 'http://shop.example/store',
            'x-wc-webhook-id': '12',
            'x-wc-webhook-delivery-id': '34',
          },
          body: Buffer.from(BODY),
        },
      ],
    })
  })

  it.each([
    ['order.updated', '1970-01-01T00:00:02', 2_999],
    ['order.updated', '1970-01-01T00:00:04', 4_999],
    ['order.updated', '1970-01-01T00:00:05', 5_000],
    ['order.updated', '2026-11-21T14:47:01', 5_000],
    ['order.updated', 'yesterday', 5_000],
    ['product.updated', '1970-01-01T00:00:02', 5_000],
  ])('%s of %s is as new as that second, and never newer than its arrival', (topic, date, eventAt) => {
    const body = JSON.stringify({ id: 7, date_modified_gmt: date })
    const request = signed('whs', { 'x-wc-webhook-topic': topic }, body)
    expect(received(request)).toMatchObject({ ok: true, messages: [{ eventAt }] })
  })

  it('takes the consumer secret where no webhook secret was given, and only there', () => {
    const keys = { consumerSecret: ['cs_1'] }
    expect(received(signed('cs_1'), keys)).toMatchObject({ ok: true })
    expect(received(signed('cs_1'), { ...keys, webhookSecret: ['whs'] })).toMatchObject({
      ok: false,
      status: 401,
    })
    expect(received(signed(''), { consumerSecret: [''] })).toMatchObject({ ok: false })
  })

  it('refuses another shop that has the same secret', () => {
    const other = signed('whs', { 'x-wc-webhook-source': 'https://shop.example/' })
    expect(received(other)).toMatchObject({ ok: false, status: 401, code: 'REQUEST_INVALID' })
  })

  it('answers the unsigned ping and stores nothing of it', () => {
    const ping = (body: string, type = 'application/x-www-form-urlencoded'): RawRequest => {
      const request = signed('', { 'content-type': type }, body)
      const { 'x-wc-webhook-signature': _signature, ...headers } = request.headers
      return { ...request, headers }
    }
    expect(received(ping('webhook_id=12'))).toEqual({ ok: true, messages: [] })
    expect(received(ping('webhook_id=12&x=1'))).toMatchObject({ ok: false, code: 'SIGNATURE_MISSING' })
    expect(received(ping('webhook_id=12', 'application/json'))).toMatchObject({ ok: false })
  })
})
