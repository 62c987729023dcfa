import { describe, expect, it } from '@jest/globals'
import conformance from '#connectors/erp/business-central/conformance.ts'
import { receive } from '#connectors/erp/business-central/receive.ts'
import type { ConnectorContext, RawRequest, Received } from '#core/contracts/connector.ts'
import { told } from './company.ts'

const connection = conformance.connection('https://api.example')
const SECRET = connection.secrets['webhookSecret']![0]!
const ITEM = '0a4e0000-be6e-4045-8dc8-000000000001'

function received(body: unknown, over: Partial<RawRequest> = {}, secrets = connection.secrets): Received {
  const request = {
    ...{ method: 'POST', target: '/webhooks/erp', url: 'https://hub.example/webhooks/erp', headers: {} },
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    receivedAt: 0,
    ...over,
  }
  return receive(request, { ...connection, secrets }, {} as ConnectorContext) as Received
}

const notice = (clientState: unknown, more = {}) => ({
  subscriptionId: 's',
  clientState,
  ...told('items', ITEM, more),
})

describe('notifications of Business Central', () => {
  it('become one message each, without the secret', () => {
    const other = { ...notice(SECRET), ...told('salesOrders', ITEM) }
    const answer = received({ value: [notice(SECRET), other] })
    expect(answer).toMatchObject({
      ok: true,
      messages: [
        { topic: 'items', eventAt: Date.parse('2026-05-12T09:29:00.467Z') },
        { topic: 'salesOrders' },
      ],
    })
    expect(JSON.stringify(answer.ok && answer.messages.map(({ body }) => body.toString()))).not.toContain(
      SECRET,
    )
  })

  it.each([
    ['another secret', { value: [notice('wrong')] }],
    ['no secret', { value: [{ ...notice(SECRET), clientState: undefined }] }],
    ['one good and one bad', { value: [notice(SECRET), notice('wrong')] }],
    ['a secret that is no text', { value: [notice({ toString: SECRET })] }],
    ['an empty list', { value: [] }],
    ['no list', { items: [notice(SECRET)] }],
    ['a list of nothing', { value: [null, 7] }],
    ['text', 'Bad Gateway'],
  ])('with %s are refused', (_name, body) => {
    expect(received(body)).toMatchObject({
      ok: false,
      status: 401,
      code: expect.stringMatching(/^SIGNATURE_/),
    })
  })

  it('are refused where no secret is configured', () => {
    expect(received({ value: [notice('')] }, {}, { webhookSecret: [] })).toMatchObject({
      ok: false,
      status: 401,
    })
  })

  it('that name no record are refused', () => {
    for (const resource of ['', null, 7, { toString: 'x' }])
      expect(received({ value: [notice(SECRET, { resource })] })).toMatchObject({ code: 'REQUEST_INVALID' })
  })

  it('of one record at two times have two keys, and one that is repeated has one', () => {
    const key = (more: object) => {
      const answer = received({ value: [notice(SECRET, more)] })
      return answer.ok && answer.messages[0]!.dedupeKey
    }
    expect(key({})).toBe(key({}))
    expect(key({ lastModifiedDateTime: '2026-05-12T09:30:00Z' })).not.toBe(key({}))
    expect(key({ changeType: 'deleted' })).not.toBe(key({}))
  })
})

describe('the handshake', () => {
  const shake = (token: string) =>
    received('', { target: `/webhooks/erp?validationToken=${encodeURIComponent(token)}` })

  it('gives the token back as plain text', () => {
    expect(shake('a<b>c')).toEqual({
      ok: true,
      messages: [],
      answer: {
        status: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
        body: 'a<b>c',
      },
    })
  })

  it('gives back nothing of any length', () => {
    expect(shake('x'.repeat(1_001))).toMatchObject({ ok: false, status: 400 })
  })
})
