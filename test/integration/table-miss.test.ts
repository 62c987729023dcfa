import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { copyMappings } from '../support/copy-mappings.ts'
import { type LiveHub, liveHub } from '../support/live-hub.ts'

const MAPPING = 'storefronts/shopify/order'
const order = JSON.parse(readFileSync(`mappings/storefronts/shopify/cases/order-b2b.json`, 'utf8'))

let live: LiveHub
let mappingsDir: string

/** The shipped mappings, but that what `paymentStatus` does not name is no longer “unknown”. */
beforeAll(async () => {
  mappingsDir = mkdtempSync(join(tmpdir(), 'strict-mappings-'))
  copyMappings(mappingsDir)
  const file = join(mappingsDir, `${MAPPING}.map.yaml`)
  const text = readFileSync(file, 'utf8')
  const strict = text.replace(/(paymentStatus:\n(?: {4}.*\n)*?) {4}"\*": unknown\n/, '$1')
  expect(strict).not.toBe(text)
  writeFileSync(file, strict)
  live = await liveHub({ mappingsDir })
})
afterAll(async () => {
  await live.close()
  rmSync(mappingsDir, { recursive: true })
})

const arrives = (id: number, topic: string, status: string) =>
  live.send(topic, {
    ...order,
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    financial_status: status,
  })

describe('a value that is in no entry of its table', () => {
  it('is one cause that names it, whatever topic it comes by; the entry and a replay resolve it', async () => {
    await arrives(1, 'orders/create', 'under_review')
    await arrives(2, 'orders/updated', 'under_review')
    await arrives(3, 'orders/create', 'frozen')
    const causes = (await live.api('GET /causes')).json as {
      items: { cause: string; title: string; open: number }[]
    }
    expect(causes.items.map(({ title, open }) => [title, open]).toSorted()).toEqual([
      ['shopify: Table `paymentStatus` has no entry for “frozen”.', 1],
      ['shopify: Table `paymentStatus` has no entry for “under_review”.', 2],
    ])

    const { cause } = causes.items.find(({ open }) => open === 2)!
    const edit = {
      connection: 'acme-shopify',
      table: 'paymentStatus',
      entry: 'under_review',
      value: 'pending',
    }
    const edited = await live.api(`PATCH /mappings/${encodeURIComponent(MAPPING)}/tables`, edit)
    expect(edited.status).toBe(200)
    expect((await live.api(`POST /causes/${cause}/replay`, {})).json).toMatchObject({ replayed: 2 })

    await live.until(() => live.erp.records('order').length === 2)
    const open = await live.api('GET /dead-letters?state=open')
    expect(open.json).toMatchObject({ total: 1, items: [{ summary: expect.stringContaining('“frozen”') }] })
    expect(live.erp.records('order').map(({ body }) => body['paymentStatus'])).toEqual(['pending', 'pending'])
  })
})
