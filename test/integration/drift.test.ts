import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { type LiveHub, liveHub } from '../support/live-hub.ts'

const order = JSON.parse(readFileSync('mappings/storefronts/shopify/cases/order-b2b.json', 'utf8'))
const { updated_at: _, ...withoutTime } = order

let live: LiveHub

beforeAll(async () => {
  live = await liveHub()
})
afterAll(() => live?.close())

const drift = async (query = '') => {
  const { json } = await live.api(`GET /drift${query}`)
  return (json as { items: Record<string, unknown>[] }).items
}

describe('live traffic that differs from its source schema', () => {
  it('is told by kind, field and count, masked, and delivered all the same', async () => {
    const odd = (id: number) => ({
      ...withoutTime,
      ...{ id, admin_graphql_api_id: `gid://shopify/Order/${id}`, name: `#${id}` },
      financial_status: 'under_review',
      gift_recipient: { full_name: 'Ada Lovelace', email: 'ada@example.com' },
      tags: 4711,
    })
    await live.send('orders/create', order)
    await live.send('orders/create', odd(2))
    const { id: newest } = await live.send('orders/create', odd(3))
    await live.until(() => live.erp.records('order').length === 3)
    await live.until(async () => (await drift('?kind=new-field'))[0]?.['count'] === 2)

    const found = await drift('?connection=acme-shopify&topic=orders/create')
    expect(
      found.map(({ kind, pointer, value, sample }) => [kind, pointer, value, sample]).toSorted(),
    ).toEqual([
      ['new-field', '/gift_recipient', '', '{"full_name":"•••","email":"•••"}'],
      ['new-value', '/financial_status', 'under_review', 'under_review'],
      ['type-change', '/tags', 'number', '•••'],
      ['vanished-field', '/updated_at', '', ''],
    ])
    for (const finding of found) expect(finding).toMatchObject({ tenant: 'acme', count: 2, message: newest })
    expect(JSON.stringify(found)).not.toMatch(/ada/i)
    expect(live.erp.records('order').at(-1)?.body['paymentStatus']).toBe('unknown')
  })

  it('is counted once per message, however often it is translated', async () => {
    const [{ message, count }] = (await drift('?kind=new-value')) as [{ message: string; count: number }]
    expect((await live.api(`POST /messages/${message}/replay`, {})).status).toBe(200)
    const stored = () => live.hub.base.store.messages.get(message)
    await live.until(async () => (await stored())?.attempts.length === 2)
    await live.until(async () => (await stored())?.state !== 'pending')
    await live.send('orders/create', { ...order, id: 4, financial_status: 'frozen' })
    await live.until(async () => (await drift('?kind=new-value')).length === 2)
    const [earlier] = (await drift('?kind=new-value')).filter(({ value }) => value === 'under_review')
    expect(earlier).toMatchObject({ count })
  })

  it('shows which of its fields the mapping reads', async () => {
    const target = `GET /mappings/${encodeURIComponent('storefronts/shopify/order')}/coverage`
    const { json } = await live.api(`${target}?last=100&connection=acme-shopify`)
    const { fields, ...totals } = json as { fields: { pointer: string }[] }
    expect(totals).toMatchObject({ messages: 4, leftOut: 0, undeclared: 2 })
    const fieldAt = (pointer: string) => fields.find(field => field.pointer === pointer)
    expect(fieldAt('/currency')).toEqual({ pointer: '/currency', count: 4, read: true, declared: true })
    expect(fieldAt('/gift_recipient/email')).toMatchObject({ count: 2, read: false, declared: false })
    expect(fieldAt('/line_items/*/price')).toMatchObject({ read: true, declared: true })
    expect((await live.api(`${target}?last=1`)).json).toMatchObject({ messages: 1, undeclared: 0 })
    expect((await live.api(`${target}?connection=nobody`)).status).toBe(404)
    expect((await live.api('GET /mappings/nothing/coverage')).status).toBe(404)
  })

  it('is written before the hub ends, however soon', async () => {
    await live.send('orders/create', { ...order, id: 5, gift_message: 'x' })
    await live.stop()
    const store = openSqliteStore({ url: join(live.dataDir, 'hub.db'), engine: false })
    const { items } = await store.drift.list({ kind: 'new-field' })
    await store.close()
    expect(items.map(({ pointer }) => pointer)).toContain('/gift_message')
  })
})
