import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import express, { type Router } from 'express'
import { HubError } from '#core/errors/hub-error.ts'
import { createLog } from '#core/health/log.ts'
import { createHealth } from '#core/health/snapshot.ts'
import { createTelemetry } from '#core/health/telemetry.ts'
import { healthSources } from '#test/support/health-sources.ts'
import { createDashboard } from '#workers/web/dashboard/create-dashboard.ts'
import { createOps } from '#workers/web/ops/create-ops.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const step of cleanUp.splice(0)) await step()
})

async function serve(router: Router): Promise<string> {
  const server = express().use(router).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanUp.push(
    () => new Promise(resolve => server.close(resolve)),
    () => server.closeAllConnections(),
  )
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface Change {
  ping?: () => Promise<void>
  unhealthy?: boolean
  broken?: boolean
  queue?: { ping: () => Promise<void> }
  needsQueue?: boolean
  draining?: () => boolean
}

function ops(change: Change = {}) {
  const { options, clock, state } = healthSources()
  const log = createLog('silent')
  const telemetry = createTelemetry({ log, clock, stats: { add: async () => undefined } })
  if (change.broken) options.directory = { list: () => Promise.reject(new Error('away')) }
  const health = createHealth(options)
  const workers = () => [
    {
      name: 'deliverer',
      healthy: !change.unhealthy,
      detail: change.unhealthy ? 'crashed' : 'running',
      restarts: 0,
      since: 0,
    },
  ]
  const store = { upkeep: { ping: change.ping ?? (async () => undefined) } }
  return {
    router: createOps({ ...change, store, health, telemetry, workers, clock, version: '1.2.3' }),
    telemetry,
    state,
    clock,
  }
}

const readJson = async (url: string) => {
  const response = await fetch(url)
  return { status: response.status, body: (await response.json()) as unknown }
}

describe('ops', () => {
  it('is alive as long as it can answer', async () => {
    const url = await serve(ops({ ping: () => Promise.reject(new Error('away')) }).router)
    expect(await readJson(`${url}/livez`)).toEqual({ status: 200, body: { alive: true } })
  })

  it('is ready when store and workers are', async () => {
    const url = await serve(ops().router)
    expect(await readJson(`${url}/readyz`)).toEqual({
      status: 200,
      body: {
        ready: true,
        checks: [
          { name: 'store', ok: true, detail: 'answers' },
          { name: 'worker deliverer', ok: true, detail: 'running', restarts: 0, since: 0 },
        ],
      },
    })
  })

  it('names what is not ready, without the words of a driver', async () => {
    const ping = () => Promise.reject(new Error('mongodb://user:S3CRET@db is away'))
    const url = await serve(ops({ ping, unhealthy: true }).router)
    const { status, body } = await readJson(`${url}/readyz`)
    expect(status).toBe(503)
    expect(body).toMatchObject({
      ready: false,
      checks: [
        { name: 'store', ok: false },
        { name: 'worker deliverer', ok: false, detail: 'crashed' },
      ],
    })
    expect(JSON.stringify(body)).not.toContain('S3CRET')
  })

  it('stays ready without its queue where work goes on without it, and says so', async () => {
    const queue = {
      ping: () => Promise.reject(new HubError('QUEUE_UNAVAILABLE', { detail: 'ECONNREFUSED.' })),
    }
    const { publicMessage } = new HubError('QUEUE_UNAVAILABLE')
    const check = { name: 'queue', detail: publicMessage }
    expect(await readJson(`${await serve(ops({ queue }).router)}/readyz`)).toMatchObject({
      ...{ status: 200, body: { ready: true } },
      body: { checks: [{ name: 'store' }, { ...check, ok: true, degraded: true }, {}] },
    })
    expect(await readJson(`${await serve(ops({ queue, needsQueue: true }).router)}/readyz`)).toMatchObject({
      status: 503,
      body: { ready: false, checks: [{ name: 'store' }, { ...check, ok: false }, {}] },
    })
  })

  it('is not ready once it was told to stop', async () => {
    const url = await serve(ops({ draining: () => true }).router)
    expect(await readJson(`${url}/readyz`)).toMatchObject({
      status: 503,
      body: { ready: false, checks: [{ name: 'draining', ok: false }, { name: 'store', ok: true }, {}] },
    })
  })

  it('does not wait for a store that hangs', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>()
    const hang = () => {
      ask()
      return new Promise<void>(() => undefined)
    }
    const { router, clock } = ops({ ping: hang })
    const url = await serve(router)
    const answer = readJson(`${url}/readyz`)
    await asked
    await clock.advance(2_000)
    expect(await answer).toMatchObject({
      status: 503,
      body: { checks: [{ name: 'store', ok: false, detail: 'No answer in 2000 ms.' }, {}] },
    })
  })

  it('publishes counters of the process and gauges of the hub as Prometheus text', async () => {
    const { router, telemetry, state } = ops()
    state.rows = [
      { kind: 'delivery', connection: 'erp', state: 'pending', count: 4, oldestAt: 1 },
      { kind: 'message', connection: 'shop', state: 'dead', count: 2, oldestAt: 1 },
    ]
    state.open = 2
    telemetry.count('webhooks_total', { connection: 'shop', result: 'stored' })
    const response = await fetch(`${await serve(router)}/metrics`)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const lines = (await response.text()).split('\n')
    for (const line of [
      'crossdock_webhooks_total{connection="shop",result="stored"} 1',
      'crossdock_backlog{connection="erp"} 4',
      'crossdock_dead_letters_open{connection="shop"} 2',
      'crossdock_connection_state{connection="erp",state="active"} 1',
      'crossdock_connection_state{connection="erp",state="paused"} 0',
      'crossdock_queue_depth{topic="publish",state="delayed"} 2',
      'crossdock_lost 0',
      `crossdock_info{version="1.2.3",node="${process.version}"} 1`,
    ])
      expect(lines).toContain(line)
  })

  it('still publishes counters when the present state cannot be read', async () => {
    const { router, telemetry } = ops({ broken: true })
    telemetry.count('webhooks_total', { connection: 'shop', result: 'stored' })
    const response = await fetch(`${await serve(router)}/metrics`)
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('crossdock_webhooks_total{connection="shop",result="stored"} 1')
  })
})

describe('serving the dashboard', () => {
  function dist(built = true): string {
    const folder = mkdtempSync(join(tmpdir(), 'crossdock-dist-'))
    cleanUp.push(() => rmSync(folder, { recursive: true, force: true }))
    if (!built) return folder
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Crossdock</title>')
    writeFileSync(join(folder, 'assets/index-abc.js'), 'export {}')
    return folder
  }
  const page = (url: string) => fetch(url, { headers: { accept: 'text/html' } })

  it('answers every route of the browser with the index, which is never cached', async () => {
    const url = await serve(createDashboard(dist()))
    for (const path of ['/', '/dead-letters/some-cause', '/trace?number=1']) {
      const response = await page(url + path)
      expect([path, response.status, response.headers.get('cache-control')]).toEqual([path, 200, 'no-cache'])
      expect(await response.text()).toContain('<title>Crossdock</title>')
    }
  })

  it('lets nothing but its own files run', async () => {
    const policy =
      (await page(await serve(createDashboard(dist())))).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })

  it('caches hashed assets for ever, and answers a missing one with 404', async () => {
    const url = await serve(createDashboard(dist()))
    const asset = await fetch(`${url}/assets/index-abc.js`)
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect((await page(`${url}/assets/gone.js`)).status).toBe(404)
  })

  it('leaves addresses of machines to their own routers', async () => {
    const url = await serve(createDashboard(dist()))
    for (const path of ['/api/v1/nothing', '/webhooks/x', '/metrics'])
      expect((await page(url + path)).status).toBe(404)
  })

  it('says what to do when the pages are not built', async () => {
    const response = await page(await serve(createDashboard(dist(false))))
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('npm run build')
  })
})
