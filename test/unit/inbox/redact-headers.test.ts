import { describe, expect, it } from '@jest/globals'
import { createHeaderRedaction } from '#core/inbox/redact-headers.ts'
import { SIGNATURE_SCHEMES } from '#core/inbox/signatures/schemes.ts'

const redact = createHeaderRedaction()
const keepsOf = (names: string[]) => Object.keys(redact(Object.fromEntries(names.map(name => [name, 'x']))))

describe('headers that are stored', () => {
  it('keeps what translation and tracing need', () => {
    const useful = [
      'content-type',
      'user-agent',
      'x-shopify-topic',
      'x-shopify-event-id',
      'x-wc-webhook-delivery-id',
      'webhook-id',
      'webhook-timestamp',
      'x-webhook-topic',
      'traceparent',
      'x-request-id',
      'transid',
      'wm_svc.name',
    ]
    expect(keepsOf(useful)).toEqual(useful)
  })

  it('drops every header that proves a sender', () => {
    const proofs = Object.values(SIGNATURE_SCHEMES).flatMap(scheme =>
      'header' in scheme
        ? [scheme.header]
        : 'in' in scheme && 'header' in scheme.in
          ? [scheme.in.header]
          : [],
    )
    expect(proofs.length).toBeGreaterThan(10)
    expect(keepsOf([...proofs, 'webhook-signature'])).toEqual([])
  })

  it('drops credentials, cookies and what belongs to the connection, however it is written', () => {
    const dropped = [
      'Authorization',
      'PROXY-AUTHORIZATION',
      'cookie',
      'x-api-key',
      'apikey',
      'x-amz-access-token',
      'x-my-secret',
      'host',
      'x-forwarded-for',
      'content-length',
    ]
    expect(keepsOf(dropped)).toEqual([])
  })

  it('goes on deciding right when a stranger has made up thousands of names', () => {
    const many = createHeaderRedaction()
    for (let i = 0; i < 2_000; i++) many({ [`x-made-up-${i}`]: 'x' })
    expect(many({ 'x-late-token': 'x', 'x-late-topic': 'x' })).toEqual({ 'x-late-topic': 'x' })
  })

  it('is not led astray by names of Object.prototype', () => {
    expect({ ...redact({ __proto__x: '1', constructor: '2' }) }).toEqual({
      __proto__x: '1',
      constructor: '2',
    })
  })
})
