import { mkdtempSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from '@jest/globals'
import { createAccept } from '#core/inbox/accept.ts'
import { messagePriority } from '#core/inbox/priority.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { noProbe } from '#core/kernel/probe.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { BODY, closeHubs, ingressHub as hub, post, sendRaw, sign } from '#test/support/ingress-hub.ts'

afterEach(closeHubs)

describe('a webhook that is right', () => {
  it('is answered 200 with an empty body, after it was accepted', async () => {
    const { url, accepted, counted } = await hub()
    const response = await post(`${url}/webhooks/acme`)
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(accepted).toEqual([
      { connection: 'acme', messages: [expect.objectContaining({ body: Buffer.from(BODY) })] },
    ])
    expect(counted).toEqual(['webhooks_total acme stored'])
  })

  it('is not answered before the store has it', async () => {
    const { url, set, accepted } = await hub()
    const commit = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    set.accept = async () => {
      asked.resolve()
      await commit.promise
      return { stored: 1, duplicates: 0, ids: [] }
    }
    const answer = post(`${url}/webhooks/acme`)
    await asked.promise
    // Another request goes round completely while the first one still waits for its commit.
    expect((await fetch(`${url}/webhooks/acme?challenge=1`)).status).toBe(201)
    const first = await Promise.race([answer, Promise.resolve('not answered')])
    expect(first).toBe('not answered')
    commit.resolve()
    expect((await answer).status).toBe(200)
    expect(accepted).toEqual([])
  })

  it('is answered 200 again when it comes again, and counted as a duplicate', async () => {
    const { url, counted } = await hub()
    await post(`${url}/webhooks/acme`)
    expect((await post(`${url}/webhooks/acme`)).status).toBe(200)
    expect(counted).toEqual(['webhooks_total acme stored', 'webhooks_total acme duplicate'])
  })

  it('hands all its messages over in one call', async () => {
    const { url, accepted } = await hub()
    await post(`${url}/webhooks/acme`, BODY, { 'x-count': '3' })
    expect(accepted.map(({ messages }) => messages.length)).toEqual([3])
  })

  it('is taken for a paused connection too: its work is kept', async () => {
    const { url, accepted } = await hub()
    expect((await post(`${url}/webhooks/resting`)).status).toBe(200)
    expect(accepted).toHaveLength(1)
  })

  it('reaches the connector byte for byte, whatever it says it is', async () => {
    const { url, requests } = await hub()
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00, 0x0d, 0x0a])
    for (const type of [
      'application/json',
      'application/x-www-form-urlencoded',
      'text/plain; charset=klingon',
      'nonsense',
    ]) {
      expect((await post(`${url}/webhooks/acme`, bytes, { 'content-type': type })).status).toBe(200)
    }
    expect(requests.map(({ body }) => body)).toEqual([bytes, bytes, bytes, bytes])
  })

  it('shows the connector the address the partner was given', async () => {
    const { url, requests } = await hub()
    await post(`${url}/webhooks/acme?b=%20x&a=1`)
    expect(requests[0]).toMatchObject({
      method: 'POST',
      target: '/webhooks/acme?b=%20x&a=1',
      url: 'https://hub.example/base/webhooks/acme?b=%20x&a=1',
    })
  })

  it('may name the whole address in its request line', async () => {
    const { port, requests } = await hub()
    await sendRaw(
      port,
      `POST http://elsewhere/webhooks/acme?a=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    )
    expect(requests[0]?.url).toBe('https://hub.example/base/webhooks/acme?a=1')
  })

  it('may be compressed: the signature is over what was compressed', async () => {
    const { url, requests } = await hub()
    const headers = { 'content-encoding': 'gzip', 'x-shopify-hmac-sha256': sign(BODY) }
    expect((await post(`${url}/webhooks/acme`, gzipSync(BODY), headers)).status).toBe(200)
    expect(requests[0]?.body.toString()).toBe(BODY)
  })

  it('may be empty, chunked, in any header order and asked for by Expect: 100-continue', async () => {
    const { url, port, requests } = await hub()
    expect((await post(`${url}/webhooks/acme`, '')).status).toBe(200)
    const chunked = await sendRaw(
      port,
      `POST /webhooks/acme HTTP/1.1\r\nX-Event-Id: e9\r\nTransfer-Encoding: chunked\r\nX-SHOPIFY-HMAC-SHA256: ${sign(BODY)}\r\nConnection: close\r\nhost: x\r\n\r\n` +
        `3\r\n${BODY.slice(0, 3)}\r\n${(BODY.length - 3).toString(16)}\r\n${BODY.slice(3)}\r\n0\r\n\r\n`,
    )
    expect(chunked).toMatch(/^HTTP\/1.1 200 /)
    const status = await new Promise(resolve => {
      const headers = {
        expect: '100-continue',
        'content-length': BODY.length,
        'x-shopify-hmac-sha256': sign(BODY),
      }
      const request = httpRequest(`${url}/webhooks/acme`, { method: 'POST', headers }, response =>
        resolve(response.statusCode),
      )
      request.on('continue', () => request.end(BODY))
      request.flushHeaders()
    })
    expect(status).toBe(200)
    expect(requests.map(({ body }) => body.toString())).toEqual(['', BODY, BODY])
  })
})

describe('a challenge', () => {
  it('is answered as the connector says, and nothing is stored', async () => {
    const { url, accepted, counted } = await hub()
    const response = await fetch(`${url}/webhooks/acme?challenge=abc`)
    expect([response.status, response.headers.get('x-challenge'), await response.text()]).toEqual([
      201,
      'yes',
      '«abc»',
    ])
    expect(accepted).toEqual([])
    expect(counted).toEqual(['webhooks_total acme answered'])
  })
})

describe('a webhook that was answered 2xx', () => {
  it('is on disk: another process that opens the file finds it, bytes and all', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'crossdock-ingress-'))
    const path = join(folder, 'hub.db')
    const store = openSqliteStore({ url: `sqlite:${path}`, engine: true })
    const { url, set } = await hub()
    set.accept = createAccept({
      store,
      queue: createEmbeddedQueue({ clock: new ManualClock() }),
      telemetry: {
        attempt: () => undefined,
        count: () => undefined,
        observe: () => undefined,
        log: () => undefined,
      },
      probe: noProbe,
      priorityOf: ({ via }) => messagePriority('order', via),
    })
    const body = Buffer.from([0x7b, 0xff, 0x00, 0x7d])
    expect((await post(`${url}/webhooks/acme`, body)).status).toBe(200)
    expect((await post(`${url}/webhooks/acme`, body)).status).toBe(200)

    const reader = openSqliteStore({ url: `sqlite:${path}`, engine: false })
    const { items, total } = await reader.messages.list({ connection: 'acme' })
    expect(total).toBe(1)
    const message = await reader.messages.get(items[0]!.id)
    expect(message).toMatchObject({ state: 'pending', dedupeKey: 'e1-0', body })
    expect(JSON.stringify(message?.headers)).not.toContain(sign(body))
    await reader.close()
    await store.close()
    rmSync(folder, { recursive: true })
  })
})
