import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { DocumentCandidate } from '#core/contracts/store.ts'
import { contentHash } from '#core/kernel/canonical-json.ts'
import { documentId, documentKey } from '#core/kernel/ids.ts'
import { holdOrder } from '#test/support/held-order.ts'
import { type ApiWorld, type CallOptions, startApi } from './api-harness.ts'

let world: ApiWorld
let key: string
beforeEach(async () => {
  world = await startApi()
  key = await world.keyOf({ role: 'operator' })
})
afterEach(() => world.close())

const api = (path: string, init: CallOptions = {}) => world.call(`/api/v1${path}`, { key, ...init })
const release = (id: string, body: unknown, given = key) =>
  api(`/dead-letters/${id}/release`, { method: 'POST', body, key: given })
const hold = (given = {}) => holdOrder(world.store, { now: world.clock.now(), ...given })

describe('held orders', () => {
  it('are dead letters with rule, owner and time, found by their owner', async () => {
    const { id } = await hold()
    const { items } = (await api('/dead-letters?owner=finance')).json
    expect(items).toMatchObject([{ id, rule: 'payment-pending', owner: 'finance', escalateTo: 'head' }])
    expect(items[0]!['dueAt']).toMatch(/Z$/)
    expect((await api('/dead-letters?owner=head')).json.total).toBe(0)
    expect((await api('/causes?owner=finance')).json.total).toBe(1)
  })

  it('are released with a reason, by roles that may decide', async () => {
    const { id } = await hold()
    expect((await release(id, {})).status).toBe(400)
    const viewer = await world.keyOf({ role: 'viewer' })
    expect((await release(id, { reason: 'Paid.' }, viewer)).json).toMatchObject({ status: 403 })
    const other = await release(id, { reason: 'Paid.', rule: 'fraud' })
    expect(other.json).toMatchObject({ status: 409, code: 'STATE_CONFLICT' })
    const given = { reason: 'Paid.', rule: 'payment-pending' }
    expect((await release(id, given)).json).toEqual({ result: 'replayed' })
    expect((await world.store.deadLetters.get(id))?.state).toBe('replayed')
    const [act] = (await world.store.audit.list()).items
    expect(act).toMatchObject({
      action: 'dead-letter.release',
      detail: { rule: 'payment-pending', reason: 'Paid.' },
    })
  })

  it('do not exist for another tenant', async () => {
    const { id } = await hold()
    const stranger = await world.keyOf({ role: 'operator', tenant: 'globex' })
    expect((await release(id, { reason: 'Paid.' }, stranger)).status).toBe(404)
  })

  it('have a name of their own in the reconciliation', async () => {
    await world.store.connections.put({
      ...{ id: 'acme-erp', tenant: 'acme', connector: 'shop', settings: {}, secrets: {}, tables: {} },
      ...{ state: 'active', declared: false, updatedAt: 1 },
    })
    await hold()
    const { json } = await api('/reconciliation')
    expect(json).toMatchObject({
      difference: 0,
      connections: [{ connection: 'acme-erp', named: [{ what: 'order held by a rule', count: 1 }] }],
    })
  })
})

describe('orders that must be shipped', () => {
  it('are listed most urgent first, those of the own tenant only', async () => {
    const row = {
      document: 'order:acme:acme-shop:1',
      tenant: 'acme',
      connection: 'acme-shop',
      externalId: '1',
    }
    world.deps.shipBy = async () => [{ ...row, shipBy: Date.UTC(2026, 0, 1), late: true }]
    expect((await api('/ship-by')).json).toEqual({
      items: [{ ...row, shipBy: '2026-01-01T00:00:00Z', late: true }],
      ...{ next: null, total: 1 },
    })
    const stranger = await world.keyOf({ role: 'viewer', tenant: 'globex' })
    expect((await api('/ship-by', { key: stranger })).json.total).toBe(0)
  })
})

describe('settlements', () => {
  const land = async (externalId: string) => {
    const documentKeyOf = documentKey('acme', 'acme-shop', externalId)
    const lines = [{ kind: 'sale', net: '9.00', orderId: '7' }]
    const body = { externalId, channel: 'shop', currency: 'USD', payout: '9.00', lines }
    const candidate: DocumentCandidate = {
      ...{
        id: documentId('settlement', documentKeyOf),
        resource: 'settlement',
        key: documentKeyOf,
        tenant: 'acme',
      },
      ...{ connection: 'acme-shop', externalId, body, hash: contentHash(body), dependsOn: [], message: 'm' },
      ...{ order: { revision: 1, event: 1, arrival: 1 }, mapping: { id: 't', version: 1 }, receivedAt: 1 },
    }
    return (await world.store.documents.upsert(candidate, 1)).document.id
  }

  it('are listed with their sums, and shown with the orders that do not fit', async () => {
    const id = await land('P1')
    expect((await api('/settlements?connection=acme-shop')).json).toMatchObject({
      items: [
        { id, payout: '9.00', proceeds: '9.00', unexplained: '0.00', lines: { total: 1, unmatched: 1 } },
      ],
      total: 1,
    })
    expect((await api(`/settlements/${encodeURIComponent(id)}`)).json).toMatchObject({
      ...{ id, attention: [{ orderId: '7', proceeds: '9.00' }] },
    })
    expect((await api('/settlements/none')).status).toBe(404)
    const stranger = await world.keyOf({ role: 'viewer', tenant: 'globex' })
    expect((await api(`/settlements/${encodeURIComponent(id)}`, { key: stranger })).status).toBe(404)
    expect((await api('/settlements', { key: stranger })).json.total).toBe(0)
  })
})
