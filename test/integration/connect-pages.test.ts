import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import express from 'express'
import { createKeys } from '#core/accounts/keys.ts'
import type { Connector } from '#core/contracts/connector.ts'
import { oauthConnector } from '#test/support/oauth-partner.ts'
import { type OAuthWorld, oauthWorld, type WorldOptions } from '#test/unit/accounts/oauth/world.ts'
import { createConnectPages } from '#workers/web/connect/create-connect.ts'

let world: OAuthWorld
let server: Server
let hub: string
let keys: ReturnType<typeof createKeys>
let logged: string

async function start(options: WorldOptions = {}): Promise<void> {
  world = await oauthWorld(options)
  keys = createKeys({ store: world.store, random: randomBytes, clock: world.clock })
  logged = ''
  const pages = createConnectPages({
    ...world,
    keys,
    connectors: new Map([['boutique', options.connector ?? oauthConnector()]]),
    telemetry: {
      log(...line) {
        logged += JSON.stringify(line)
      },
    },
    config: { publicUrl: 'https://hub.example', tenants: [{ id: 'acme' }, { id: 'globex' }] },
  })
  server = express().disable('x-powered-by').use(pages).listen(0, '127.0.0.1')
  await once(server, 'listening')
  hub = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function stop(): Promise<void> {
  server.closeAllConnections()
  server.close()
  await world.close()
}

beforeEach(() => start())
afterEach(() => stop())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${hub}${path}`, { redirect: 'manual', headers })

const bearer = async (role: 'merchant' | 'viewer' | 'engineer', tenant?: string) => ({
  authorization: `Bearer ${(await keys.create({ role, tenant })).key}`,
})

const begin = async (more: Record<string, string> = {}, headers?: Record<string, string>) => {
  const query = {
    connection: 'new-shop',
    shop: 'acme.example',
    tokenUrl: `${world.partner.url}/token`,
    ...more,
  }
  return get(`/connect/boutique?${new URLSearchParams(query)}`, headers ?? (await bearer('merchant', 'acme')))
}

/** As a browser follows it: the partner's page, the merchant agrees, back with the cookie. */
async function agree(started: Response, change: Record<string, string> = {}): Promise<Response> {
  const address = started.headers.get('location')!
  const cookie = started.headers.getSetCookie()[0]!.split(';')[0]!
  const query = {
    code: world.partner.agree(address),
    state: new URL(address).searchParams.get('state')!,
    ...change,
  }
  return get(`/connect/boutique/callback?${new URLSearchParams(query)}`, { cookie })
}

describe('the connect pages', () => {
  it('lead a merchant from the hub to the partner and back to a connection', async () => {
    const started = await begin()
    expect(started.status).toBe(303)
    expect(started.headers.get('location')).toMatch(/^https:\/\/acme\.example\/authorize\?/)
    expect(started.headers.getSetCookie()[0]).toMatch(/HttpOnly; Secure; SameSite=Lax/)
    const done = await agree(started)
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('Boutique is connected')])
    expect(await world.directory.reread('new-shop')).toMatchObject({ tenant: 'acme', state: 'active' })
  })

  it('keep no code, state or token in answers, logs or referrers', async () => {
    const started = await begin()
    const done = await agree(started, { code: 'c0de-that-is-wrong' })
    const text = (await done.text()) + logged
    expect(done.status).toBe(502)
    expect(text).toContain('invalid_grant')
    expect(text).not.toMatch(/c0de-that|xdc_|app-secret|access-\d/)
    expect(done.headers.get('referrer-policy')).toBe('no-referrer')
    expect(done.headers.get('cache-control')).toBe('no-store')
  })

  it.each([
    ['nobody who is signed in', async () => ({}), 401, 'Please sign in first'],
    ['who may only look', () => bearer('viewer'), 403, 'was not connected'],
  ] as const)('refuse %s', async (_who, headers, status, title) => {
    const answer = await begin({}, await headers())
    expect([answer.status, await answer.text()]).toEqual([status, expect.stringContaining(title)])
  })

  it('let a merchant connect for the own tenant only', async () => {
    expect((await begin({ tenant: 'globex' })).status).toBe(400)
    await world.have({}, 'new-shop')
    const foreign = await begin({}, await bearer('merchant', 'globex'))
    expect([foreign.status, await foreign.text()]).toEqual([409, expect.not.stringContaining('acme')])
  })

  it('name a setting that does not fit', async () => {
    const answer = await begin({ shop: '' })
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('shop')])
  })

  it('refuse the answer in a browser that did not begin', async () => {
    const address = (await begin()).headers.get('location')!
    const query = { code: world.partner.agree(address), state: new URL(address).searchParams.get('state')! }
    const answer = await get(`/connect/boutique/callback?${new URLSearchParams(query)}`)
    expect(answer.status).toBe(400)
    expect(world.partner.asked).toHaveLength(0)
  })

  it('tell a merchant who did not agree what to do', async () => {
    const answer = await agree(await begin(), { error: 'access_denied' })
    expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('Begin again')])
  })

  it('stop answering an address that guesses states', async () => {
    for (let guess = 0; guess < 20; guess++) await get(`/connect/boutique/callback?state=xdc_${guess}&code=c`)
    const answer = await get('/connect/boutique/callback?state=xdc_x&code=c')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '60'])
  })

  it('show what strangers put into an address as text', async () => {
    const answer = await get(`/connect/${encodeURIComponent('<script>alert(1)</script>')}/callback?state=x`)
    expect(await answer.text()).not.toContain('<script>')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  })

  it('take an invitation without an account, once', async () => {
    const wish = {
      ...{ tenant: 'acme', connector: 'boutique', connection: 'new-shop' },
      settings: { shop: 'acme.example', tokenUrl: `${world.partner.url}/token` },
      actor: { id: 'cli', role: 'admin' as const },
    }
    const { pathname, search } = new URL((await world.connect.invite(wish)).url)
    const started = await get(pathname + search)
    expect((await get(pathname + search)).status).toBe(400)
    expect((await agree(started)).status).toBe(200)
  })
})

describe('keys that a partner posts', () => {
  const connector: Connector = {
    manifest: {
      ...oauthConnector().manifest,
      auth: {
        kind: 'key-handoff',
        authorizeUrl: (_settings, { callbackUrl, returnUrl, state }) =>
          `https://shop.example/agree?${new URLSearchParams({ callbackUrl, returnUrl, state })}`,
        read: body => {
          const { user_id: state = '', key = '' } = body as Record<string, string>
          return state && key ? { state, secrets: { webhookSecret: key } } : null
        },
      },
    },
  }
  const post = (body: string, type = 'application/json') =>
    fetch(`${hub}/connect/boutique/callback`, { method: 'POST', body, headers: { 'content-type': type } })

  beforeEach(async () => {
    await stop()
    await start({ connector })
  })

  it.each([
    ['as JSON', (given: object) => JSON.stringify(given), 'application/json'],
    [
      'as a form',
      (given: object) => new URLSearchParams({ ...given }).toString(),
      'application/x-www-form-urlencoded',
    ],
  ])('%s make the connection, and the merchant who comes back is told', async (_how, write, type) => {
    const { searchParams } = new URL((await begin()).headers.get('location')!)
    const back = new URL(searchParams.get('returnUrl')!)
    expect(await (await get(back.pathname + back.search)).text()).toContain('is not connected yet')
    expect((await post(write({ user_id: searchParams.get('state')!, key: 'k' }), type)).status).toBe(200)
    expect(await (await get(back.pathname + back.search)).text()).toContain('Boutique is connected')
    expect((await post(write({ user_id: searchParams.get('state')!, key: 'k' }), type)).status).toBe(400)
  })

  it.each([
    ['a guessed state', JSON.stringify({ user_id: 'xdc_guess', key: 'k' }), 400],
    ['no keys', '{}', 400],
    ['what is no JSON', '{', 400],
    ['more than keys take', 'x'.repeat(70_000), 413],
  ])('are refused with %s', async (_what, body, status) => {
    expect((await post(body)).status).toBe(status)
  })
})
