import type { RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from '@jest/globals'
import { allowedHosts } from '#core/kernel/http/allowed-hosts.ts'
import type { HttpClientOptions } from '#core/kernel/http-client.ts'
import { caught, client, closeAll, json, serve } from './http-helpers.ts'

afterEach(closeAll)

describe('hosts', () => {
  const refused = [
    'http://127.0.0.1:1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://10.0.0.8/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.0.1/',
    'http://0.0.0.0/',
    'http://224.0.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://localhost/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'nonsense',
  ]

  it.each(refused)('refuses %s', async url => {
    expect(await caught(client({ allowPrivateHosts: [] }).request({ method: 'GET', url }))).toMatchObject({
      code: 'HOST_FORBIDDEN',
    })
  })

  it('takes public addresses, also behind NAT64', () => {
    const { byAddress } = allowedHosts([])
    for (const address of ['8.8.8.8', '2606:4700:4700::1111', '64:ff9b::808:808', '::ffff:8.8.8.8'])
      expect([address, byAddress(address, 443)]).toEqual([address, true])
    for (const address of ['64:ff9b::a00:1', '::ffff:10.0.0.1', '2002:7f00:1::', 'nonsense'])
      expect([address, byAddress(address, 443)]).toEqual([address, false])
  })

  it('refuses a public name that resolves to a private address', async () => {
    const lookup: HttpClientOptions['lookup'] = (_name, _options, callback) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }])
    const error = await caught(
      client({ allowPrivateHosts: [], lookup }).request({ method: 'GET', url: 'http://rebind.example/' }),
    )
    expect(error).toMatchObject({ code: 'HOST_FORBIDDEN' })
  })

  it('lets through what the operator named: address, address and port, range, or name', async () => {
    const url = await serve((_request, response) => json(response, {}))
    const port = new URL(url).port
    const lookup: HttpClientOptions['lookup'] = (_name, _options, callback) =>
      callback(null, [{ address: '127.0.0.1', family: 4 }])
    const named = `http://erp.internal:${port}/`
    const cases: [string, string][] = [
      ['127.0.0.1', url],
      [`127.0.0.1:${port}`, url],
      ['127.0.0.0/8', url],
      ['127.0.0.0/8', named],
      ['erp.internal', named],
      [`ERP.internal:${port}`, named],
    ]
    for (const [entry, target] of cases)
      expect(
        (await client({ allowPrivateHosts: [entry], lookup }).request({ method: 'GET', url: target })).status,
      ).toBe(200)
  })

  it('holds an entry with a port to that port, and a range to its kind of address', async () => {
    const url = await serve((_request, response) => json(response, {}))
    for (const entry of ['127.0.0.1:1', '10.0.0.0/8', '::/0', 'localhost.example'])
      expect(
        await caught(client({ allowPrivateHosts: [entry] }).request({ method: 'GET', url })),
      ).toMatchObject({ code: 'HOST_FORBIDDEN' })
  })
})

describe('redirects', () => {
  const redirecting =
    (to: (path: string) => string): RequestListener =>
    (request, response) =>
      request.url === '/end'
        ? json(response, { ok: true })
        : void response.writeHead(302, { location: to(request.url ?? '') }).end()

  it('follows at most three within the same origin', async () => {
    const url = await serve(redirecting(path => (path.length > 3 ? '/end' : `${path}x`)))
    expect((await client().request({ method: 'GET', url: `${url}/xx` })).body).toEqual({ ok: true })
    expect(await caught(client().request({ method: 'GET', url: `${url}/` }))).toMatchObject({
      code: 'PARTNER_REDIRECTED',
    })
  })

  it('takes credentials to no other host', async () => {
    let reached = false
    const other = await serve((_request, response) => {
      reached = true
      json(response, {})
    })
    const url = await serve(redirecting(() => `${other}/end?token=s3cret`))
    const error = await caught(
      client().request({ method: 'GET', url, headers: { authorization: 'Bearer x' } }),
    )
    expect(error).toMatchObject({ code: 'PARTNER_REDIRECTED' })
    expect(error.detail).toContain(other)
    expect(error.detail).not.toContain('s3cret')
    expect(reached).toBe(false)
  })

  it('does not repeat a changing call elsewhere', async () => {
    const url = await serve(redirecting(() => '/end'))
    expect(await caught(client().request({ method: 'POST', url, body: {} }))).toMatchObject({
      code: 'PARTNER_REDIRECTED',
    })
  })
})
