import { createHmac } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/storefronts/http/decode.ts'
import { receive } from '#connectors/storefronts/http/receive.ts'
import type { ConnectorContext, RawRequest } from '#core/contracts/connector.ts'
import { connectionOf } from './declared.ts'

const NOW = Date.UTC(2026, 2, 1)
const SECONDS = String(NOW / 1_000)
const BODY = '{"event":"order.created","id":"e1","data":[{"id":1},{"id":2}]}'
const hex = (text: string) => createHmac('sha256', 'secret').update(text).digest('hex')
const common = {
  topic: { pointer: '/event' },
  topics: { 'order.created': 'order' },
  dedupeKey: [{ pointer: '/id' }],
}

const receiveWith = (
  webhooks: object | undefined,
  headers: Record<string, string>,
  target = '/webhooks/portal',
) => {
  const request: RawRequest = {
    method: 'POST',
    target,
    url: `https://hub.example${target}`,
    receivedAt: NOW,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(BODY),
  }
  return receive(request, connectionOf(webhooks ? { webhooks } : {}), {} as ConnectorContext)
}

describe('the declared signature', () => {
  const standard = createHmac('sha256', Buffer.from('secret', 'base64')).update(`e1.${SECONDS}.${BODY}`)
  const scenes: [string, object, Record<string, string>, string?][] = [
    [
      'of the body',
      { kind: 'hmac', header: 'X-Signature', encoding: 'hex', prefix: 'sha256=' },
      { 'x-signature': `sha256=${hex(BODY)}` },
    ],
    [
      'of time and body',
      {
        ...{ kind: 'hmac', header: 'X-Signature', encoding: 'hex', separator: '.' },
        ...{ signed: ['timestamp', 'body'], timestampHeader: 'X-Time' },
      },
      { 'x-signature': hex(`${SECONDS}.${BODY}`), 'x-time': SECONDS },
    ],
    [
      'of Standard Webhooks',
      { kind: 'standard-webhooks' },
      {
        'webhook-id': 'e1',
        'webhook-timestamp': SECONDS,
        'webhook-signature': `v1,${standard.digest('base64')}`,
      },
    ],
    ['that is a secret in a header', { kind: 'shared-secret', header: 'X-Key' }, { 'x-key': 'secret' }],
    [
      'that is a bearer',
      { kind: 'shared-secret', header: 'Authorization', form: 'bearer' },
      { authorization: 'Bearer secret' },
    ],
    ['that is in the query', { kind: 'shared-secret', parameter: 'key' }, {}, '/webhooks/portal?key=secret'],
  ]

  it.each(scenes)('%s is accepted', (_what, signature, headers, ...[target]) => {
    expect(receiveWith({ ...common, signature }, headers, target)).toMatchObject({
      ok: true,
      messages: [{ topic: 'order.created', dedupeKey: 'order.created|e1' }],
    })
  })

  it.each(scenes)('%s is refused where it is missing', (_what, signature) => {
    expect(receiveWith({ ...common, signature }, {})).toMatchObject({ ok: false, status: 401 })
  })
})

it('a signed time that is stale is refused', () => {
  const signature = {
    ...{ kind: 'hmac', header: 'X-Signature', encoding: 'hex', toleranceSeconds: 60 },
    ...{ signed: ['timestamp', 'body'], timestampHeader: 'X-Time' },
  }
  const old = String(NOW / 1_000 - 61)
  const headers = { 'x-signature': hex(`${old}${BODY}`), 'x-time': old }
  expect(receiveWith({ ...common, signature }, headers)).toMatchObject({ ok: false, code: 'SIGNATURE_STALE' })
})

describe('a declared webhook', () => {
  const signature = { kind: 'shared-secret', header: 'X-Key' }
  const key = { 'x-key': 'secret' }

  it('may have one topic for all, and keys that are the digest of the body', () => {
    expect(
      receiveWith({ signature, topic: { fixed: 'order' }, topics: { order: 'order' } }, key),
    ).toMatchObject({
      messages: [{ topic: 'order', dedupeKey: expect.stringMatching(/^order\|[0-9a-f]{64}$/) }],
    })
  })

  it('is answered and left where it is a ping', () => {
    expect(receiveWith({ ...common, signature, ignore: ['order.created'] }, key)).toEqual({
      ok: true,
      messages: [],
    })
  })

  it('is refused where none is declared', () => {
    expect(receiveWith(undefined, key)).toMatchObject({ ok: false, status: 404 })
  })
})

describe('decode', () => {
  const decoded = (pointer: string, via = 'webhook', more: { type?: string; body?: string } = {}) =>
    decode(
      {
        ...{ topic: 't', dedupeKey: 'k', via },
        headers: { 'content-type': more.type ?? 'application/json' },
        body: Buffer.from(more.body ?? BODY),
      },
      { connection: connectionOf({ webhooks: { records: pointer } }) } as ConnectorContext,
    )

  it('finds the records of a webhook where they stand', () => {
    expect(decoded('/data')).toEqual({ records: [{ id: 1 }, { id: 2 }] })
    expect(decoded('/data/0')).toEqual({ records: [{ id: 1 }] })
  })

  it('takes what was polled as it is', () => {
    expect(decoded('/data', 'poll')).toEqual({ records: [JSON.parse(BODY)] })
  })

  it('reads a form', () => {
    const form = { type: 'application/x-www-form-urlencoded', body: 'id=7&name=Zo%C3%AB' }
    expect(decoded('', 'webhook', form)).toEqual({ records: [{ id: '7', name: 'Zoë' }] })
  })

  it('names the setting where nothing stands there', () => {
    expect(() => decoded('/order')).toThrow('webhooks.records')
  })
})
