import type { IncomingMessage, RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type Clock, ManualClock } from '#core/kernel/clock.ts'
import { caught, client, closeAll, json, serve } from './http-helpers.ts'

afterEach(closeAll)

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

describe('answers', () => {
  it('resolves for every status, with lower-case headers and a parsed body', async () => {
    for (const status of [200, 201, 304, 404, 422, 500, 503]) {
      const url = await serve((_request, response) => {
        response.setHeader('X-Request-Id', 'r1')
        json(response, { id: 7 }, status)
      })
      const answer = await client().request({ method: 'GET', url })
      expect(answer.status).toBe(status)
      expect(answer.headers['x-request-id']).toBe('r1')
      if (status !== 304) expect(answer.body).toEqual({ id: 7 })
    }
  })

  it('keeps every digit of a long id', async () => {
    const url = await serve((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/problem+json' })
        .end('{"id":820982911946154508}'),
    )
    expect((await client().request({ method: 'GET', url })).body).toEqual({ id: '820982911946154508' })
  })

  it('gives the text when the answer is not JSON, or says so and is not', async () => {
    const url = await serve((request, response) => {
      const type = request.url === '/html' ? 'text/html' : 'application/json'
      response.writeHead(200, { 'content-type': type }).end('<html>')
    })
    expect((await client().request({ method: 'GET', url: `${url}/html` })).body).toBe('<html>')
    expect((await client().request({ method: 'GET', url: `${url}/json` })).body).toBe('<html>')
  })

  it('reads compressed answers and joins repeated headers', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'set-cookie': ['a=1', 'b=2'],
      })
      response.end(gzipSync('{"ok":true}'))
    })
    const answer = await client().request({ method: 'GET', url })
    expect(answer.body).toEqual({ ok: true })
    expect(answer.headers['set-cookie']).toBe('a=1, b=2')
  })
})

describe('requests', () => {
  const echo: RequestListener = async (request, response) =>
    json(response, {
      type: request.headers['content-type'],
      agent: request.headers['user-agent'],
      body: await textOf(request),
    })

  it('sends an object as JSON, text and bytes as they are, and a form as a form', async () => {
    const url = await serve(echo)
    const send = async (body: unknown, headers?: Record<string, string>) =>
      (await client().request({ method: 'POST', url, body, headers })).body
    expect(await send({ a: 'ä' })).toMatchObject({ type: 'application/json', body: '{"a":"ä"}' })
    expect(await send('<x/>', { 'Content-Type': 'application/xml' })).toMatchObject({
      type: 'application/xml',
      body: '<x/>',
    })
    expect(await send(Buffer.from('raw'))).toMatchObject({ type: 'application/octet-stream', body: 'raw' })
    expect(await send(new URLSearchParams({ a: '1 2' }))).toMatchObject({
      type: 'application/x-www-form-urlencoded',
      body: 'a=1+2',
    })
  })

  it('names itself, unless the caller does', async () => {
    const url = await serve(echo)
    expect((await client().request({ method: 'GET', url })).body).toMatchObject({ agent: 'crossdock' })
    expect((await client({ userAgent: 'hub/2' }).request({ method: 'GET', url })).body).toMatchObject({
      agent: 'hub/2',
    })
  })

  it('uses one connection for one request after another', async () => {
    const sockets = new Set<unknown>()
    const url = await serve((request, response) => {
      sockets.add(request.socket)
      json(response, {})
    })
    const http = client()
    for (let i = 0; i < 5; i++) await http.request({ method: 'POST', url, body: { i } })
    expect(sockets.size).toBe(1)
  })
})

describe('what is not an answer', () => {
  it('reports a partner that is not there', async () => {
    const url = await serve((_request, response) => response.end())
    closeAll()
    const error = await caught(client().request({ method: 'GET', url }))
    expect(error).toMatchObject({ code: 'PARTNER_UNREACHABLE' })
    expect(error.detail).toContain('ECONNREFUSED')
  })

  it('times out an answer that never begins and one that never ends', async () => {
    for (const begins of [false, true]) {
      const clock = new ManualClock()
      const arrived = Promise.withResolvers<void>()
      const url = await serve((_request, response) => {
        if (begins) response.writeHead(200, { 'content-length': '100' }).write('half')
        arrived.resolve()
      })
      const failed = caught(client({ clock }).request({ method: 'GET', url, timeoutMs: 5_000 }))
      await arrived.promise
      await clock.advance(5_000)
      expect(await failed).toMatchObject({ code: 'PARTNER_TIMEOUT' })
    }
  })

  it('does not take half an answer for a whole one', async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' })
      response.write('{"id":1}', () => response.destroy())
    })
    expect(await caught(client().request({ method: 'GET', url }))).toMatchObject({
      code: 'PARTNER_UNREACHABLE',
    })
  })

  it('bounds the answer, also when it is compressed', async () => {
    const url = await serve((request, response) => {
      const body = Buffer.alloc(100_000, 'a')
      if (request.url === '/plain') return response.writeHead(200).end(body)
      return response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body))
    })
    const http = client({ maxResponseBytes: 10_000 })
    for (const path of ['/plain', '/packed'])
      expect(await caught(http.request({ method: 'GET', url: `${url}${path}` }))).toMatchObject({
        code: 'PARTNER_ANSWER_TOO_LARGE',
      })
  })

  it('calls an answer that is not HTTP invalid', async () => {
    const url = await serve((request, _response) => {
      request.socket.end('SSH-2.0-OpenSSH\r\n\r\n')
    })
    expect(await caught(client().request({ method: 'GET', url }))).toMatchObject({
      code: 'PARTNER_ANSWER_INVALID',
    })
  })

  it('ends with SHUTDOWN when the caller gives up, before or during the call', async () => {
    const arrived = Promise.withResolvers<void>()
    const url = await serve(() => arrived.resolve())
    const early = AbortSignal.abort(new Error('stop'))
    expect(await caught(client().request({ method: 'GET', url, signal: early }))).toMatchObject({
      code: 'SHUTDOWN',
    })
    const during = new AbortController()
    const failed = caught(client().request({ method: 'GET', url, signal: during.signal }))
    await arrived.promise
    during.abort()
    expect(await failed).toMatchObject({ code: 'SHUTDOWN' })
  })

  it('ends every call with SHUTDOWN when the client is given up, and begins none', async () => {
    const arrived = Promise.withResolvers<void>()
    const url = await serve(() => arrived.resolve())
    const http = client()
    const running = caught(http.request({ method: 'POST', url }))
    await arrived.promise
    http.giveUp()
    expect((await running).code).toBe('SHUTDOWN')
    expect((await caught(http.request({ method: 'GET', url, safeToRepeat: true }))).code).toBe('SHUTDOWN')
  })

  it('leaves no timer and no listener behind', async () => {
    let open = 0
    const clock: Clock = {
      now: () => 0,
      timer() {
        open += 1
        return () => {
          open -= 1
        }
      },
    }
    const url = await serve((_request, response) => json(response, {}))
    await client({ clock }).request({ method: 'GET', url })
    expect(open).toBe(0)
  })

  it('never shows credentials, query or headers', async () => {
    const url = (await serve((_request, response) => void response.destroy())).replace(
      'http://',
      'http://user:hunter2@',
    )
    const error = await caught(
      client().request({
        method: 'GET',
        url: `${url}/a?api_key=s3cret#s3cret`,
        headers: { authorization: 'Bearer s3cret' },
      }),
    )
    const seen = [error.message, error.stack, JSON.stringify(error), String(error.cause)].join()
    expect(error.detail).toContain('/a')
    expect(seen).not.toMatch(/s3cret|hunter2/)
  })
})
