import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ApiWorld, startApi } from './api-harness.ts'

let world: ApiWorld
beforeEach(async () => {
  world = await startApi()
})
afterEach(() => world.close())

async function openStream(signal?: AbortSignal) {
  const key = await world.keyOf({ role: 'viewer' })
  const response = await fetch(`${world.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${key}` },
    signal: signal ?? null,
  })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let read = ''
  const until = async (text: string): Promise<string> => {
    while (!read.includes(text)) {
      const { value, done } = await reader.read()
      if (done) return read
      read += value
    }
    return read
  }
  return { response, until }
}

/** Resolves when the server has let go of every listener. */
async function allGone(): Promise<void> {
  while (world.listeners.size > 0) await new Promise(resolve => setImmediate(resolve))
}

describe('the event stream', () => {
  it('sends every new snapshot as a health event', async () => {
    const { response, until } = await openStream()
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    await until('retry: 2000')
    for (const listener of world.listeners) listener({ status: 'degraded', summary: 'two\nlines' })
    expect(await until('degraded')).toContain(
      'event: health\ndata: {"status":"degraded","summary":"two\\nlines"}\n\n',
    )
  })

  it('sends heartbeats, so that nobody between closes it', async () => {
    const { until } = await openStream()
    await until('retry: 2000')
    await world.clock.advance(15_000)
    expect(await until('heartbeat')).toContain(': heartbeat\n\n')
  })

  it('stops listening when its reader goes', async () => {
    const gone = new AbortController()
    const { until } = await openStream(gone.signal)
    await until('retry: 2000')
    expect(world.listeners.size).toBe(1)
    gone.abort()
    await allGone()
  })

  it('ends when the process stops, and no new one begins', async () => {
    const { until } = await openStream()
    await until('retry: 2000')
    world.closeStreams()
    expect(await until('never')).toContain('retry')
    await allGone()
    expect((await openStream()).response.status).toBe(409)
  })
})
