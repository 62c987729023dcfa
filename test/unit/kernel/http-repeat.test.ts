import type { RequestListener } from 'node:http'
import { afterEach, describe, expect, it } from '@jest/globals'
import type { Clock } from '#core/kernel/clock.ts'
import { caught, client, closeAll, json, serve } from './http-helpers.ts'

afterEach(closeAll)

describe('repeating', () => {
  const failing = (times: number, status: number, headers: Record<string, string> = {}) => {
    const seen = { requests: 0 }
    const listener: RequestListener = (_request, response) => {
      seen.requests += 1
      if (seen.requests <= times) response.writeHead(status, headers).end()
      else json(response, { ok: true })
    }
    return { seen, listener }
  }

  it('repeats only calls that are safe to repeat', async () => {
    const { seen, listener } = failing(1, 500)
    const url = await serve(listener)
    expect((await client().request({ method: 'POST', url })).status).toBe(500)
    expect(seen.requests).toBe(1)
  })

  it.each([429, 500, 502, 503])('repeats after %i and gives the answer that came at last', async status => {
    const { seen, listener } = failing(2, status)
    const url = await serve(listener)
    const answer = await client().request({ method: 'GET', url, safeToRepeat: true })
    expect(answer.body).toEqual({ ok: true })
    expect(seen.requests).toBe(3)
  })

  it('gives the last answer when all tries are used up, and no other status costs a try', async () => {
    const down = failing(99, 503)
    expect(
      (await client().request({ method: 'GET', url: await serve(down.listener), safeToRepeat: true })).status,
    ).toBe(503)
    expect(down.seen.requests).toBe(4)
    const refused = failing(99, 404)
    expect(
      (await client().request({ method: 'GET', url: await serve(refused.listener), safeToRepeat: true }))
        .status,
    ).toBe(404)
    expect(refused.seen.requests).toBe(1)
  })

  it('repeats after a dropped connection', async () => {
    let requests = 0
    const url = await serve((request, response) => {
      requests += 1
      if (requests === 1) request.socket.destroy()
      else json(response, {})
    })
    expect((await client().request({ method: 'GET', url, safeToRepeat: true })).status).toBe(200)
  })

  it('waits as long as Retry-After says, on the injected clock', async () => {
    const pauses: number[] = []
    const clock: Clock = {
      now: () => 0,
      timer(ms, callback) {
        if (ms === 30_000) return () => undefined
        pauses.push(ms)
        const handle = setImmediate(callback)
        return () => clearImmediate(handle)
      },
    }
    const { listener } = failing(1, 429, { 'retry-after': '7' })
    await client({ clock, random: () => 0.5 }).request({
      method: 'GET',
      url: await serve(listener),
      safeToRepeat: true,
    })
    expect(pauses).toEqual([7_000])
  })

  it('leaves a pause that is too long to the engine', async () => {
    const { seen, listener } = failing(1, 429, { 'retry-after': '3600' })
    const answer = await client().request({ method: 'GET', url: await serve(listener), safeToRepeat: true })
    expect(answer.status).toBe(429)
    expect(seen.requests).toBe(1)
  })

  it('gives up at once when the caller does', async () => {
    const stop = new AbortController()
    const { listener } = failing(99, 503)
    const clock: Clock = {
      now: () => 0,
      timer(ms) {
        if (ms !== 30_000) setImmediate(() => stop.abort())
        return () => undefined
      },
    }
    const failed = client({ clock, random: () => 0.5 }).request({
      method: 'GET',
      url: await serve(listener),
      safeToRepeat: true,
      signal: stop.signal,
    })
    expect(await caught(failed)).toMatchObject({ code: 'SHUTDOWN' })
  })
})
