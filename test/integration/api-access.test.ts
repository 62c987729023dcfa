import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ApiWorld, landDead, landOrder, startApi } from './api-harness.ts'

let world: ApiWorld
beforeEach(async () => {
  world = await startApi()
})
afterEach(() => world.close())

const cookieOf = (headers: Headers): string => headers.get('set-cookie')?.split(';')[0] ?? ''

async function signedIn(): Promise<string> {
  const { url } = await world.deps.signIn.createLink({ role: 'admin' })
  const { headers } = await world.call(new URL(url).pathname + new URL(url).search)
  return cookieOf(headers)
}

describe('authentication', () => {
  it('answers a problem without a credential, and nothing of what is there', async () => {
    const { status, headers, json } = await world.call('/api/v1/messages')
    expect(status).toBe(401)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(headers.get('www-authenticate')).toContain('Bearer')
    expect(json).toEqual({
      ...{ type: 'urn:crossdock:problem:NOT_SIGNED_IN', title: 'No valid key or session.', status: 401 },
      ...{ code: 'NOT_SIGNED_IN', instance: '/api/v1/messages' },
    })
  })

  it('opens with a key, and says who asks', async () => {
    const key = await world.keyOf({ role: 'operator', label: 'ops' })
    const { status, json } = await world.call('/api/v1/session', { key })
    expect(status).toBe(200)
    expect(json).toMatchObject({ role: 'operator', label: 'ops', tenant: null })
    expect(json['actions']).not.toContain('keys')
  })

  it('stops an address that guesses, and lets it go on after a minute', async () => {
    const key = await world.keyOf({ role: 'viewer' })
    const guesses = await Promise.all(
      Array.from({ length: 20 }, () => world.call('/api/v1/session', { key: 'xd_wrong' })),
    )
    expect(guesses.every(({ status }) => status === 401)).toBe(true)
    const refused = await world.call('/api/v1/session', { key })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    await world.clock.advance(60_000)
    expect((await world.call('/api/v1/session', { key })).status).toBe(200)
  })

  it('counts wrong sign-in links too', async () => {
    for (let guess = 0; guess < 20; guess++)
      await world.call('/api/v1/sign-in', { method: 'POST', body: { token: 'xdl_wrong' } })
    expect((await world.call('/sign-in?token=xdl_wrong')).status).toBe(429)
  })
})

describe('signing in', () => {
  it('by the link sets a cookie that scripts and other sites cannot use, once', async () => {
    const { url } = await world.deps.signIn.createLink({ role: 'admin' })
    const path = new URL(url).pathname + new URL(url).search
    const first = await world.call(path)
    expect([first.status, first.headers.get('location')]).toEqual([303, '/'])
    expect(first.headers.get('set-cookie')).toMatch(
      /^crossdock_session=xds_[^;]+; Max-Age=43200; Path=\/; .*HttpOnly; SameSite=Strict$/,
    )
    const second = await world.call(path)
    expect(second.status).toBe(303)
    expect(second.headers.get('set-cookie')).toBeNull()
    const { json } = await world.call('/api/v1/session', { headers: { cookie: cookieOf(first.headers) } })
    expect(json).toMatchObject({ role: 'admin' })
  })

  it('by the API answers when the session ends', async () => {
    const { url } = await world.deps.signIn.createLink({ role: 'viewer' })
    const token = new URL(url).searchParams.get('token')
    const { status, json } = await world.call('/api/v1/sign-in', { method: 'POST', body: { token } })
    expect([status, json]).toEqual([200, { expiresAt: '2026-01-16T00:00:00Z' }])
  })

  it('ends by signing out', async () => {
    const cookie = await signedIn()
    const headers = { cookie, 'sec-fetch-site': 'same-origin' }
    expect((await world.call('/api/v1/sign-out', { method: 'POST', headers })).status).toBe(204)
    expect((await world.call('/api/v1/session', { headers })).status).toBe(401)
    expect((await world.store.audit.list()).items.map(({ action }) => action)).toEqual([
      'session.close',
      'session.open',
    ])
  })
})

describe('a session', () => {
  it.each<[string, Record<string, string>, number]>([
    ['from the hub’s own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['from the hub’s own origin', { origin: 'http://hub.test' }, 200],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'http://hub.test' }, 403],
    ['from a sibling host', { 'sec-fetch-site': 'same-site' }, 403],
    ['from another origin', { origin: 'https://evil.example' }, 403],
    ['from an opaque origin', { origin: 'null' }, 403],
    ['of unknown origin', {}, 403],
  ])('%s changes something: %j → %d', async (_, headers, status) => {
    const letter = await landDead(world, 'm1')
    const cookie = await signedIn()
    const answer = await world.call(`/api/v1/dead-letters/${letter.id}/replay`, {
      method: 'POST',
      headers: { cookie, ...headers },
    })
    expect(answer.status).toBe(status)
  })
})

describe('roles', () => {
  it.each<['viewer' | 'operator' | 'engineer' | 'admin', string, string, number]>([
    ['viewer', 'GET', '/messages', 200],
    ['viewer', 'POST', '/messages/m-1/replay', 403],
    ['viewer', 'GET', '/audit', 403],
    ['operator', 'POST', '/messages/m-1/replay', 200],
    ['operator', 'POST', '/connections', 403],
    ['engineer', 'GET', '/audit', 200],
    ['engineer', 'GET', '/keys', 403],
    ['admin', 'GET', '/keys', 200],
  ])('%s: %s %s → %d', async (role, method, path, status) => {
    await landOrder(world, { id: '1' })
    const key = await world.keyOf({ role })
    expect((await world.call(`/api/v1${path}`, { key, method })).status).toBe(status)
  })

  it('without sight of payloads get them masked, everywhere', async () => {
    const { message, document } = await landOrder(world, { id: '1' })
    const letter = await landDead(world, 'm1')
    const [viewer, operator] = [
      await world.keyOf({ role: 'viewer' }),
      await world.keyOf({ role: 'operator' }),
    ]
    const paths = [
      `/messages/${message}`,
      `/documents/${encodeURIComponent(document)}`,
      `/dead-letters/${letter.id}`,
      '/documents',
      '/trace?number=1001',
    ]
    for (const path of paths) {
      expect({
        path,
        seen: (await world.call(`/api/v1${path}`, { key: operator })).text.includes('jane@'),
      }).toEqual({ path, seen: true })
      expect({
        path,
        seen: (await world.call(`/api/v1${path}`, { key: viewer })).text.includes('jane@'),
      }).toEqual({ path, seen: false })
    }
    const headers = async (key: string) =>
      (await world.call(`/api/v1/messages/${message}`, { key })).json['headers']
    expect([await headers(viewer), await headers(operator)]).toEqual([null, { 'x-topic': 'orders/create' }])
  })
})

describe('a key of one tenant', () => {
  it('sees that tenant only, in lists and by id', async () => {
    const own = await landOrder(world, { id: '1', tenant: 'acme' })
    const foreign = await landOrder(world, { id: '2', tenant: 'globex' })
    const letter = await landDead(world, 'm9', 'globex')
    const key = await world.keyOf({ role: 'engineer', tenant: 'acme' })
    const get = (path: string) => world.call(`/api/v1${path}`, { key })
    for (const noun of ['messages', 'documents', 'deliveries']) {
      const { json } = await get(`/${noun}`)
      expect({
        noun,
        total: json.total,
        tenants: json.items.map(item => item['tenant']),
      }).toEqual({ noun, total: 1, tenants: ['acme'] })
    }
    expect((await get(`/messages/${own.message}`)).status).toBe(200)
    for (const path of [
      `/messages/${foreign.message}`,
      `/documents/${encodeURIComponent(foreign.document)}`,
      `/deliveries/${encodeURIComponent(foreign.delivery)}`,
      `/dead-letters/${letter.id}`,
      `/causes/${letter.cause}`,
      `/trace?document=${encodeURIComponent(foreign.document)}`,
      '/messages?tenant=globex',
    ])
      expect({ path, status: (await get(path)).status }).toEqual({ path, status: 404 })
    expect((await get('/dead-letters')).json.total).toBe(0)
    expect((await get('/causes')).json.total).toBe(0)
    expect((await get('/trace?number=1001')).json.total).toBe(1)
    expect((await get('/health')).json).toMatchObject({ tenant: 'acme' })
    expect((await get('/reports/reliability')).json).toMatchObject({ tenant: 'acme' })
    expect((await get('/audit')).status).toBe(403)
    const changes = await Promise.all(
      [
        `/messages/${foreign.message}/replay`,
        `/dead-letters/${letter.id}/replay`,
        `/deliveries/${encodeURIComponent(foreign.delivery)}/replay`,
      ].map(path => world.call(`/api/v1${path}`, { key, method: 'POST' })),
    )
    expect(changes.map(({ status }) => status)).toEqual([404, 404, 404])
  })

  it('makes keys of that tenant only', async () => {
    const key = await world.keyOf({ role: 'admin', tenant: 'acme' })
    const make = (body: object) => world.call('/api/v1/keys', { key, method: 'POST', body })
    expect((await make({ role: 'admin', tenant: 'globex' })).status).toBe(400)
    const made = await make({ role: 'viewer' })
    expect(made.json).toMatchObject({ role: 'viewer', tenant: 'acme' })
    const other = await world.deps.keys.create({ role: 'admin' })
    expect((await world.call('/api/v1/keys', { key })).json.total).toBe(2)
    expect((await world.call(`/api/v1/keys/${other.id}`, { key, method: 'DELETE' })).status).toBe(404)
  })
})
