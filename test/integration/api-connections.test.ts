import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { HubError } from '#core/errors/hub-error.ts'
import { type ApiWorld, type CallOptions, landOrder, startApi } from './api-harness.ts'

let world: ApiWorld
let key: string
beforeEach(async () => {
  world = await startApi()
  key = await world.keyOf({ role: 'engineer' })
})
afterEach(() => world.close())

const api = (path: string, init: CallOptions = {}) => world.call(`/api/v1${path}`, { key, ...init })
const send = (method: string, path: string, body?: unknown) => api(path, { method, body })

const NEW = {
  ...{ id: 'acme-shop', tenant: 'acme', connector: 'shop' },
  ...{
    settings: { domain: 'acme.example' },
    secrets: { webhookSecret: ['new-S3CRET', 'old-S3CRET'], token: 'T0KEN' },
  },
}

const actions = async () => (await world.store.audit.list()).items.map(({ action }) => action)

describe('a connection', () => {
  it('is made, listed and shown, its secrets never', async () => {
    const made = await send('POST', '/connections', NEW)
    expect([made.status, made.json]).toEqual([
      201,
      {
        ...{
          id: 'acme-shop',
          tenant: 'acme',
          connector: 'shop',
          name: 'Test Shop',
          kind: 'storefront',
          state: 'active',
        },
        ...{
          declared: false,
          settings: { domain: 'acme.example' },
          tables: {},
          api: { version: '1', docs: 'https://shop.example/docs' },
        },
        secrets: { webhookSecret: { set: true }, token: { set: true } },
      },
    ])
    const seen = [
      made,
      await api('/connections'),
      await api('/connections/acme-shop'),
      await api('/connections?kind=storefront&state=active'),
    ]
    for (const { text } of seen) expect(text).not.toMatch(/S3CRET|T0KEN/)
    expect(seen[3]?.json.total).toBe(1)
    expect(JSON.stringify(await world.store.connections.get('acme-shop'))).not.toMatch(/S3CRET|T0KEN/)
    expect(JSON.stringify((await world.store.audit.list()).items)).not.toMatch(/S3CRET|T0KEN/)
    expect((await world.deps.directory.get('acme-shop'))?.secrets).toEqual({
      webhookSecret: ['new-S3CRET', 'old-S3CRET'],
      token: ['T0KEN'],
    })
  })

  it.each<[string, object]>([
    ['an unknown connector', { connector: 'none' }],
    ['an unknown tenant', { tenant: 'none' }],
    ['an id that is no name', { id: 'Acme Shop' }],
    ['a setting of the wrong type', { settings: { domain: 1 } }],
    ['a missing setting', { settings: {} }],
    ['an unknown secret', { secrets: { webhookSecret: 'x', pin: '1' } }],
    ['a missing secret', { secrets: {} }],
    ['an unknown member', { state: 'active' }],
  ])('is refused with %s', async (_, wrong) => {
    expect((await send('POST', '/connections', { ...NEW, ...wrong })).json).toMatchObject({
      status: 400,
      code: 'INPUT_INVALID',
    })
    expect((await api('/connections')).json.total).toBe(0)
  })

  it('is made once', async () => {
    await send('POST', '/connections', NEW)
    expect((await send('POST', '/connections', NEW)).json).toMatchObject({ status: 409 })
  })

  it('takes changes, and keeps what they do not name', async () => {
    await send('POST', '/connections', NEW)
    const changed = await send('PATCH', '/connections/acme-shop', {
      settings: { region: 'eu' },
      secrets: { webhookSecret: 'third', token: null },
    })
    expect(changed.json).toMatchObject({
      settings: { domain: 'acme.example', region: 'eu' },
      secrets: { webhookSecret: { set: true }, token: { set: false } },
    })
    expect((await world.deps.directory.get('acme-shop'))?.secrets).toEqual({ webhookSecret: ['third'] })
    expect((await send('PATCH', '/connections/acme-shop', { settings: { domain: null } })).status).toBe(400)
    expect((await send('PATCH', '/connections/acme-shop', { secrets: { webhookSecret: null } })).status).toBe(
      400,
    )
    expect((await world.deps.directory.get('acme-shop'))?.settings).toEqual({
      domain: 'acme.example',
      region: 'eu',
    })
  })

  it('pauses and resumes, and lets go what was held', async () => {
    await send('POST', '/connections', { ...NEW, id: 'acme-erp' })
    const { delivery } = await landOrder(world, { id: '1' })
    const claim = { token: 't', now: world.clock.now(), until: world.clock.now() + 1_000 }
    await world.store.deliveries.claim(delivery, claim)
    await world.store.deliveries.settle(delivery, 't', { state: 'held', attempt: { at: 0, outcome: 'held' } })
    expect((await send('POST', '/connections/acme-erp/pause', { reason: 'stock count' })).json).toMatchObject(
      { state: 'paused', stateReason: 'stock count' },
    )
    const resumed = (await send('POST', '/connections/acme-erp/resume')).json
    expect([resumed['state'], resumed['stateReason']]).toEqual(['active', undefined])
    expect(await world.store.deliveries.get(delivery)).toMatchObject({ state: 'pending' })
    expect(world.queued).toContain(`deliver ${delivery}`)
    expect(await actions()).toEqual(['connection.resume', 'connection.pause', 'connection.create'])
  })

  it('works again when an unauthorized one gets new secrets', async () => {
    await send('POST', '/connections', NEW)
    await world.store.connections.patch('acme-shop', { state: 'unauthorized', stateReason: 'refused' })
    expect(
      (await send('PATCH', '/connections/acme-shop', { secrets: { token: 'fresh' } })).json,
    ).toMatchObject({ state: 'active' })
  })

  it('that is declared takes pauses, and no changes', async () => {
    await send('POST', '/connections', NEW)
    const stored = await world.store.connections.get('acme-shop')
    await world.store.connections.put({ ...stored!, declared: true })
    for (const answer of [
      await send('PATCH', '/connections/acme-shop', { settings: {} }),
      await send('DELETE', '/connections/acme-shop'),
    ])
      expect(answer.status).toBe(409)
  })

  it('is removed', async () => {
    await send('POST', '/connections', NEW)
    expect((await send('DELETE', '/connections/acme-shop')).status).toBe(204)
    expect((await api('/connections/acme-shop')).status).toBe(404)
  })

  it('of another tenant can be neither seen, changed nor made', async () => {
    await send('POST', '/connections', NEW)
    const stranger = await world.keyOf({ role: 'engineer', tenant: 'globex' })
    const as = (method: string, path: string, body?: unknown) =>
      world.call(`/api/v1${path}`, { key: stranger, method, body })
    expect((await as('GET', '/connections')).json.total).toBe(0)
    const tried = await Promise.all([
      as('GET', '/connections/acme-shop'),
      as('PATCH', '/connections/acme-shop', { settings: {} }),
      as('POST', '/connections/acme-shop/pause'),
      as('DELETE', '/connections/acme-shop'),
      as('PATCH', '/mappings/storefronts%2Fshop%2Forder/tables', {
        connection: 'acme-shop',
        table: 'carriers',
        entry: 'a',
        value: 'b',
      }),
    ])
    expect(tried.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404])
    expect((await as('POST', '/connections', { ...NEW, id: 'other' })).status).toBe(400)
  })
})

describe('a probe', () => {
  it('answers what the partner said, a refusal included', async () => {
    await send('POST', '/connections', NEW)
    world.deps.contextFor = () => ({}) as ReturnType<typeof world.deps.contextFor>
    expect((await send('POST', '/connections/acme-shop/probe')).json).toEqual({
      ok: true,
      detail: 'Shop “acme”',
    })
    world.partner.probe = async () => {
      throw new HubError('UNAUTHORIZED', { detail: 'Token expired.' })
    }
    expect((await send('POST', '/connections/acme-shop/probe')).json).toEqual({
      ok: false,
      code: 'UNAUTHORIZED',
      detail: 'Token expired.',
    })
    world.partner.probe = async () => {
      throw new Error('connect ECONNREFUSED with T0KEN')
    }
    expect((await send('POST', '/connections/acme-shop/probe')).text).not.toContain('T0KEN')
  })
})

describe('mapping tables', () => {
  const edit = (body: object) =>
    send('PATCH', '/mappings/storefronts%2Fshop%2Forder/tables', {
      connection: 'acme-shop',
      table: 'carriers',
      ...body,
    })

  it('take entries per connection, and give them back', async () => {
    await send('POST', '/connections', NEW)
    expect((await edit({ entry: 'dhl', value: 'DHL' })).json).toMatchObject({ entries: { dhl: 'DHL' } })
    expect((await edit({ entry: 'ups', value: { code: 'UPS' } })).json).toMatchObject({
      entries: { dhl: 'DHL', ups: { code: 'UPS' } },
    })
    expect((await edit({ entry: 'dhl', value: null })).json).toMatchObject({
      entries: { ups: { code: 'UPS' } },
    })
    expect((await api('/mappings/storefronts%2Fshop%2Forder/tables')).json).toEqual({
      ...{ mapping: 'storefronts/shop/order', tables: ['carriers'] },
      added: { 'acme-shop': { carriers: { ups: { code: 'UPS' } } } },
    })
    expect(await actions()).toContain('table.edit')
  })

  it('refuse unknown mappings, tables and connections', async () => {
    await send('POST', '/connections', NEW)
    expect((await edit({ table: 'none', entry: 'a', value: 1 })).status).toBe(404)
    expect((await edit({ connection: 'none', entry: 'a', value: 1 })).status).toBe(404)
    expect((await api('/mappings/none/tables')).status).toBe(404)
  })
})

describe('an invitation', () => {
  const invitation = (more: object = {}) => ({
    ...{ connector: 'shop', connection: 'new-shop', tenant: 'acme', settings: { domain: 'a.example' } },
    ...more,
  })

  it('answers a link, and is written down', async () => {
    const { status, json } = await send('POST', '/invitations', invitation())
    expect([status, json]).toEqual([201, { url: 'http://hub.test/connect/new-shop', expiresAt: 1 }])
    expect(await actions()).toContain('connection.invite')
  })

  it('is for the own tenant only', async () => {
    key = await world.keyOf({ role: 'merchant', tenant: 'globex' })
    expect((await send('POST', '/invitations', invitation())).status).toBe(400)
    expect((await send('POST', '/invitations', invitation({ tenant: 'globex' }))).status).toBe(201)
  })

  it('names a setting that does not fit', async () => {
    const { status, json } = await send('POST', '/invitations', invitation({ settings: {} }))
    expect([status, json['detail']]).toEqual([400, expect.stringContaining('domain')])
  })
})

describe('webhook subscriptions', () => {
  it('are looked at on demand, and that is written down', async () => {
    await send('POST', '/connections', NEW)
    const { status, json } = await send('POST', '/connections/acme-shop/subscribe')
    expect([status, json['created']]).toEqual([200, ['orders/create']])
    expect(await actions()).toContain('connection.subscribe')
  })
})
