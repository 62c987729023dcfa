import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import {
  BODY,
  closeHubs,
  ingressHub as hub,
  MAX_BODY_BYTES,
  post,
  sendRaw,
  sign,
} from '#test/support/ingress-hub.ts'

afterEach(closeHubs)

describe('a request that is refused', () => {
  const problemOf = async (response: Response) => ({
    status: response.status,
    type: response.headers.get('content-type'),
    ...((await response.json()) as Record<string, unknown>),
  })

  it('has a problem body that names the code', async () => {
    const { url, accepted, counted } = await hub()
    const response = await post(`${url}/webhooks/acme`, BODY, { 'x-shopify-hmac-sha256': sign('other') })
    expect(await problemOf(response)).toMatchObject({
      status: 401,
      type: 'about:blank',
      code: 'SIGNATURE_INVALID',
      title: 'The signature does not match the bytes received.',
    })
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(accepted).toEqual([])
    expect(counted).toEqual(['webhooks_total acme SIGNATURE_INVALID'])
  })

  it.each([
    ['no signature', { 'x-shopify-hmac-sha256': '' }, 'SIGNATURE_MISSING'],
    ['a signature that is too long', { 'x-shopify-hmac-sha256': 'A'.repeat(5_000) }, 'SIGNATURE_INVALID'],
  ])('with %s: 401', async (_what, headers, code) => {
    const { url } = await hub()
    expect(await problemOf(await post(`${url}/webhooks/acme`, BODY, headers))).toMatchObject({
      status: 401,
      code,
    })
  })

  it('with a doubled signature: 401', async () => {
    const { port } = await hub()
    const twice = `X-Shopify-Hmac-Sha256: ${sign(BODY)}\r\n`.repeat(2)
    const head = `POST /webhooks/acme HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${twice}Content-Length: ${BODY.length}\r\n\r\n`
    expect(await sendRaw(port, head + BODY)).toMatch(/^HTTP\/1.1 401 [\s\S]*sent more than once/)
  })

  it.each(['nobody', 'a%20b', '%E0%A4%A', '-x', 'x'.repeat(101), '..%2Facme', '%00'])(
    'at the address /webhooks/%s: 404, counted under one name',
    async id => {
      const { url, counted } = await hub()
      const response = await post(`${url}/webhooks/${id}`)
      expect(await problemOf(response)).toMatchObject({ status: 404, code: 'CONNECTION_UNKNOWN' })
      expect(counted.filter(line => !line.startsWith('webhooks_total unknown'))).toEqual([])
    },
  )

  it('at a connection whose connector takes no webhooks: 404', async () => {
    const { url } = await hub()
    expect((await post(`${url}/webhooks/erp`)).status).toBe(404)
  })

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('by %s: 405 with what is allowed', async method => {
    const { url, requests } = await hub()
    const response = await fetch(`${url}/webhooks/acme`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
    expect(requests).toEqual([])
  })

  it.each([
    ['by its header', Buffer.alloc(MAX_BODY_BYTES + 1, 'a'), {}],
    ['once unpacked', gzipSync(Buffer.alloc(5_000_000)), { 'content-encoding': 'gzip' }],
  ])('with a body that is too large %s: 413, and the next request is fine', async (_what, body, headers) => {
    const { url, requests } = await hub()
    const response = await post(`${url}/webhooks/acme`, body, headers as Record<string, string>)
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' })
    expect(requests).toEqual([])
    expect((await post(`${url}/webhooks/acme`)).status).toBe(200)
  })

  it('with a body that is too large and does not say so: 413', async () => {
    const { port, requests } = await hub()
    const chunk = `400\r\n${'a'.repeat(0x400)}\r\n`
    const head =
      'POST /webhooks/acme HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(await sendRaw(port, `${head}${chunk.repeat(3)}0\r\n\r\n`)).toMatch(/^HTTP\/1.1 413 /)
    expect(requests).toEqual([])
  })

  it.each([
    ['that is no gzip', 'nonsense', 'gzip', 400],
    ['that ends in the middle of its gzip', gzipSync(BODY).subarray(0, -6), 'gzip', 400],
    ['in an unknown encoding', BODY, 'klingon', 415],
  ])('with a body %s', async (_what, body, encoding, status) => {
    const { url, requests } = await hub()
    const response = await post(`${url}/webhooks/acme`, body, { 'content-encoding': encoding })
    expect(await problemOf(response)).toMatchObject({ status, code: 'REQUEST_INVALID' })
    expect(requests).toEqual([])
  })

  it('that ends before its body is whole: nothing is stored and the hub goes on', async () => {
    const { url, port, requests } = await hub()
    await sendRaw(port, `POST /webhooks/acme HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n${BODY}`, true)
    expect(requests).toEqual([])
    expect((await post(`${url}/webhooks/acme`)).status).toBe(200)
  })
})

describe('a webhook that the hub cannot take', () => {
  it('is sent away with 503 and a time while the inbox is full, before it is read', async () => {
    const { url, set, requests, counted } = await hub()
    set.gate = new HubError('INBOX_FULL', { retryAfterMs: 9_001 })
    const response = await post(`${url}/webhooks/acme`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '10'])
    expect(((await response.json()) as { code: string }).code).toBe('INBOX_FULL')
    expect(requests).toEqual([])
    expect(counted).toEqual(['webhooks_total unknown INBOX_FULL'])
  })

  it('is sent away with 503 when the store fails, without telling what is wrong inside', async () => {
    const { url, set, counted } = await hub()
    set.accept = () => Promise.reject(new Error('disk /var/data is full'))
    const response = await post(`${url}/webhooks/acme`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.text()).not.toContain('/var/data')
    expect(counted).toEqual(['a webhook was not taken in UNEXPECTED', 'webhooks_total acme UNEXPECTED'])
  })

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('bug')
      },
    ],
    ['rejects', () => Promise.reject(new HubError('PARTNER_UNREACHABLE', { retryAfterMs: 100 }))],
  ])('is sent away with 503 when its connector %s', async (_what, receive) => {
    const { url, set } = await hub()
    set.receive = receive
    const response = await post(`${url}/webhooks/acme`)
    expect(response.status).toBe(503)
    set.receive = undefined
    expect((await post(`${url}/webhooks/acme`)).status).toBe(200)
  })
})
