import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { DriftFinding } from '#core/contracts/store.ts'
import { type ApiWorld, startApi } from './api-harness.ts'

let world: ApiWorld
let admin: string
let acme: string

const at = Date.UTC(2026, 0, 15, 12)
const finding = (given: Partial<DriftFinding>): DriftFinding => ({
  ...{ tenant: 'acme', connection: 'acme-shop', topic: 'orders/create', kind: 'new-value' },
  ...{ pointer: '/financial_status', value: 'on_hold', sample: 'on_hold', message: 'm1' },
  ...{ count: 2, firstAt: at, lastAt: at },
  ...given,
})

beforeEach(async () => {
  world = await startApi()
  admin = await world.keyOf({ role: 'admin' })
  acme = await world.keyOf({ role: 'operator', tenant: 'acme' })
  await world.store.drift.add([
    finding({}),
    finding({ kind: 'new-field', pointer: '/gift', value: '', sample: '•••', lastAt: at + 1 }),
    finding({ tenant: 'globex', connection: 'globex-shop', lastAt: at + 2 }),
  ])
})
afterEach(() => world.close())

const list = async (query = '', key = admin) =>
  (await world.call(`/api/v1/drift${query}`, { key })).json.items.map(
    ({ connection, pointer }) => `${connection} ${pointer}`,
  )
const clear = (query: string, key = admin) => world.call(`/api/v1/drift${query}`, { key, method: 'DELETE' })

describe('GET /drift', () => {
  it('answers what was found, the newest seen first', async () => {
    const { json } = await world.call('/api/v1/drift?limit=2', { key: admin })
    expect(json).toMatchObject({ total: 3, next: expect.any(String) })
    expect(json.items[0]).toMatchObject({ connection: 'globex-shop' })
    expect(json.items[1]).toEqual({
      ...{ tenant: 'acme', connection: 'acme-shop', topic: 'orders/create', kind: 'new-field' },
      ...{ pointer: '/gift', value: '', count: 2, sample: '•••', message: 'm1' },
      firstAt: '2026-01-15T12:00:00Z',
      lastAt: '2026-01-15T12:00:00.001Z',
    })
  })

  it('filters, and refuses a kind that there is not', async () => {
    expect(await list('?connection=acme-shop')).toEqual(['acme-shop /gift', 'acme-shop /financial_status'])
    expect(await list('?kind=new-field')).toEqual(['acme-shop /gift'])
    expect(await list('?topic=products/update')).toEqual([])
    expect((await world.call('/api/v1/drift?kind=odd', { key: admin })).status).toBe(400)
  })

  it('shows a tenant its own', async () => {
    expect(await list('', acme)).toEqual(['acme-shop /gift', 'acme-shop /financial_status'])
    expect((await world.call('/api/v1/drift?tenant=globex', { key: acme })).status).toBe(404)
  })
})

describe('DELETE /drift', () => {
  it('forgets what matches, and the audit says who did', async () => {
    expect((await clear('?connection=acme-shop&kind=new-value&pointer=/financial_status')).json).toEqual({
      cleared: 1,
    })
    expect(await list()).toEqual(['globex-shop /financial_status', 'acme-shop /gift'])
    const [entry] = (await world.store.audit.list()).items.filter(({ action }) => action === 'drift.clear')
    expect(entry).toMatchObject({ subject: 'acme-shop', detail: { kind: 'new-value', cleared: 1 } })
  })

  it('touches nothing of another tenant', async () => {
    expect((await clear('?connection=globex-shop', acme)).json).toEqual({ cleared: 0 })
    expect((await clear('', acme)).json).toEqual({ cleared: 2 })
    expect(await list()).toEqual(['globex-shop /financial_status'])
  })
})
