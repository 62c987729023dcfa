import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { receiveBy, SIGNATURE_SCHEMES, type WebhookDeclaration } from '#connectors/sdk/index.ts'
import type { ConnectionView, ConnectorContext, RawRequest } from '#core/contracts/connector.ts'

const NOW = Date.UTC(2026, 0, 15, 12)
const context = {} as ConnectorContext
const connection: ConnectionView = {
  id: 'c',
  tenant: 't',
  connector: 'toy',
  settings: {},
  secrets: { webhookSecret: ['new', 'old'] },
}

const declaration: WebhookDeclaration = {
  signature: { kind: 'hmac', header: 'x-signature', encoding: 'hex' },
  topic: { header: 'X-Topic' },
  dedupeKey: [{ pointer: '/id' }, { query: 'try' }],
  eventAt: { pointer: '/at' },
  keepHeaders: ['x-shop'],
}

const signed = (body: string, more: Partial<RawRequest> = {}, secret = 'new'): RawRequest => ({
  method: 'POST',
  target: '/webhooks/c?try=1',
  url: 'https://hub.example/webhooks/c?try=1',
  receivedAt: NOW,
  body: Buffer.from(body),
  ...more,
  headers: {
    'content-type': 'application/json',
    'x-topic': 'order/changed',
    'x-signature': createHmac('sha256', secret).update(body).digest('hex'),
    ...more.headers,
  },
})

const receive = (request: RawRequest, more: Partial<WebhookDeclaration> = {}) =>
  receiveBy({ ...declaration, ...more })(request, connection, context)

describe('receiveBy', () => {
  it('reads topic, key and time from header, body and query', () => {
    const body = '{"id":7,"at":"2026-01-15T12:00:00+01:00"}'
    const request = signed(body, { headers: { 'x-shop': 'acme', cookie: 'no' } })
    expect(receive(request)).toEqual({
      ok: true,
      messages: [
        {
          topic: 'order/changed',
          dedupeKey: 'order/changed|7|1',
          eventAt: Date.UTC(2026, 0, 15, 11),
          headers: { 'content-type': 'application/json', 'x-shop': 'acme' },
          body: Buffer.from(body),
        },
      ],
    })
  })

  it.each([
    ['epoch seconds', 1_768_478_400],
    ['epoch milliseconds', 1_768_478_400_000],
    ['digits', '"1768478400"'],
  ])('reads %s', (_what, at) => {
    expect(receive(signed(`{"id":1,"at":${at}}`))).toMatchObject({
      messages: [{ eventAt: 1_768_478_400_000 }],
    })
  })

  it('takes the digest of the body where a part of the key is missing', () => {
    const digest = createHash('sha256').update('{"id":""}').digest('hex')
    expect(receive(signed('{"id":""}'))).toMatchObject({
      messages: [{ dedupeKey: `order/changed|${digest}` }],
    })
  })

  it('keeps bytes that were signed but cannot be read', () => {
    expect(receive(signed('{"id":'))).toMatchObject({ ok: true, messages: [{ topic: 'order/changed' }] })
  })

  it('reads a form', () => {
    const request = signed('id=9&at=x', { headers: { 'content-type': 'application/x-www-form-urlencoded' } })
    expect(receive(request)).toMatchObject({ messages: [{ dedupeKey: 'order/changed|9|1' }] })
  })

  it('accepts every live secret and no other', () => {
    expect(receive(signed('{}', {}, 'old'))).toMatchObject({ ok: true })
    expect(receive(signed('{}', {}, 'gone'))).toMatchObject({
      ok: false,
      status: 401,
      code: 'SIGNATURE_INVALID',
    })
  })

  it('never looks into the body before the signature holds', () => {
    const looked: unknown[] = []
    const look = { check: () => String(looked.push('check')), topic: () => String(looked.push('topic')) }
    expect(receive(signed('{}', {}, 'gone'), look)).toMatchObject({ ok: false })
    expect(looked).toEqual([])
  })

  it('refuses another account and a request without topic', () => {
    expect(receive(signed('{}'), { check: () => 'Another shop.' })).toEqual({
      ok: false,
      status: 401,
      code: 'REQUEST_INVALID',
      detail: 'Another shop.',
    })
    expect(receive(signed('{}'), { topic: { pointer: '/type' } })).toMatchObject({
      ok: false,
      status: 400,
      detail: '`/type` of the body names no topic.',
    })
  })

  it('answers a ping and stores nothing', () => {
    expect(receive(signed('{}'), { ignore: () => 'A ping.' })).toEqual({ ok: true, messages: [] })
    expect(receive(signed('{}'), { ignoreTopics: ['order/changed'] })).toEqual({ ok: true, messages: [] })
  })

  it('waits for a published key', async () => {
    const answer = receive(signed('{}'), {
      signature: SIGNATURE_SCHEMES.ebay,
      fetchKey: () => async () => null,
    })
    expect(await answer).toMatchObject({ ok: false, code: 'SIGNATURE_MISSING' })
  })

  it.each([
    ['nothing proves the sender', SIGNATURE_SCHEMES.amazonSqs],
    ['no key can be fetched', SIGNATURE_SCHEMES.ebay],
  ])('is not made where %s', (_what, signature) => {
    expect(() => receiveBy({ ...declaration, signature })).toThrow()
  })
})
