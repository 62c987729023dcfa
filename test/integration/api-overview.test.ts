import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ApiWorld, type CallOptions, landDead, landOrder, startApi } from './api-harness.ts'

let world: ApiWorld
let key: string
beforeEach(async () => {
  world = await startApi()
  key = await world.keyOf({ role: 'admin' })
})
afterEach(() => world.close())

const api = (path: string, init: CallOptions = {}) => world.call(`/api/v1${path}`, { key, ...init })
const post = (path: string, body?: unknown) => api(path, { method: 'POST', body })

describe('the way of an order', () => {
  it('is found by its number, with or without the hash', async () => {
    const { message, document, delivery } = await landOrder(world, { id: '1', number: '#1001' })
    await landOrder(world, { id: '2', number: '#1002' })
    await world.store.links.put({
      document,
      connection: 'acme-erp',
      externalId: 'SO-7',
      createdAt: world.clock.now(),
    })
    for (const query of [
      'number=%231001',
      'number=1001',
      'externalId=1',
      `document=${encodeURIComponent(document)}`,
    ])
      expect((await api(`/trace?${query}`)).json).toMatchObject({
        total: 1,
        documents: [
          {
            ...{ messages: [{ id: message, state: 'done' }], document: { id: document, number: '#1001' } },
            ...{
              deliveries: [{ id: delivery, attempts: [] }],
              links: [{ externalId: 'SO-7', createdAt: '2026-01-15T12:00:00Z' }],
            },
            deadLetters: [],
          },
        ],
      })
  })

  it('is empty for a number that nobody knows, and refused without one', async () => {
    expect((await api('/trace?number=9')).json).toEqual({ total: 0, documents: [] })
    expect((await api('/trace')).status).toBe(400)
  })
})

describe('reconciliation', () => {
  it('names every difference between landed, canonical and confirmed', async () => {
    const row = {
      settings: {},
      secrets: {},
      tables: {},
      state: 'active' as const,
      declared: false,
      updatedAt: 0,
      connector: 'shop',
      tenant: 'acme',
    }
    for (const id of ['acme-shop', 'acme-erp']) await world.store.connections.put({ ...row, id })
    await landOrder(world, { id: '1' })
    await landDead(world, 'm1')
    expect((await api('/reconciliation')).json).toMatchObject({
      ...{ at: '2026-01-15T12:00:00Z', difference: 0, landed: 2, documents: 1, confirmed: 0 },
      connections: [
        {
          connection: 'acme-erp',
          deliveries: { total: 1, byState: { pending: 1 } },
          named: [{ what: 'delivery pending', count: 1 }],
        },
        {
          ...{
            connection: 'acme-shop',
            landed: { total: 2, byState: { done: 1, dead: 1 } },
            documents: 1,
            openDeadLetters: 1,
          },
          ...{ difference: 0, named: [{ what: 'message dead', count: 1 }] },
        },
      ],
    })
  })

  it('shows work that is dead without an open letter', async () => {
    const row = {
      settings: {},
      secrets: {},
      tables: {},
      state: 'active' as const,
      declared: false,
      updatedAt: 0,
      connector: 'shop',
      tenant: 'acme',
    }
    await world.store.connections.put({ ...row, id: 'acme-shop' })
    const { id } = await landDead(world, 'm1')
    await world.store.deadLetters.close(id, 'discarded', 'by hand', 0)
    expect((await api('/reconciliation')).json).toMatchObject({ difference: 1 })
  })
})

describe('keys', () => {
  it('are shown once, listed without their secret, and revoked for good', async () => {
    const made = await post('/keys', {
      role: 'viewer',
      label: 'report',
      expiresAt: '2027-01-01T00:00:00+01:00',
    })
    const secret = String(made.json['key'])
    expect([made.status, secret.slice(0, 3)]).toEqual([201, 'xd_'])
    const listed = await api('/keys')
    expect(listed.text).not.toContain(secret)
    expect(listed.json.items[0]).toMatchObject({ label: 'report', expiresAt: '2026-12-31T23:00:00Z' })
    expect((await world.call('/api/v1/session', { key: secret })).status).toBe(200)
    expect((await api(`/keys/${made.json['id']}`, { method: 'DELETE' })).status).toBe(204)
    expect((await world.call('/api/v1/session', { key: secret })).status).toBe(401)
    expect((await api('/audit')).text).not.toContain(secret)
  })

  it.each([
    { role: 'god' },
    {},
    { role: 'merchant' },
    { role: 'viewer', tenant: 'nobody' },
    { role: 'viewer', expiresAt: 'soon' },
  ])('%j is refused', async body =>
    expect((await post('/keys', body)).json).toMatchObject({ status: 400, code: 'INPUT_INVALID' }),
  )
})

describe('reports', () => {
  it('take a range or the last days', async () => {
    const now = world.clock.now()
    expect((await api('/reports/reliability?days=7')).json).toEqual({
      from: now - 7 * 86_400_000,
      to: now,
      tenant: null,
    })
    expect(
      (await api('/reports/reliability?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z')).json,
    ).toMatchObject({ to: Date.UTC(2026, 0, 2) })
    expect((await api('/reports/reliability?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z')).status).toBe(
      400,
    )
    expect((await api('/reports/reliability?from=yesterday')).status).toBe(400)
  })
})
