import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { MongoClient } from 'mongodb'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { type EngineStore, engineHarness, LEASE_MS } from '../support/engine-harness.ts'
import { dropDatabase, mongoUrl, withDatabase } from '../support/mongo.ts'

const WHO = ['ada.lovelace@example.com', 'Lovelace', 'c-ada', '2025550143']

/** An order in several revisions, one of them larger than a page of the store, and one that never became a document. */
const orders = ['x', 'x'.repeat(40_000), 'y'].map((note, rev) => ({
  ...{ id: '1', rev },
  body: {
    ...{ placedAt: '2026-01-01T00:00:00Z', total: '1.00', rev, note },
    ...{ email: WHO[0], phone: '+12025550143', customer: { externalId: 'c-ada', name: 'Lovelace' } },
  },
}))

async function landAndErase(store: EngineStore): Promise<void> {
  const hub = await engineHarness(store)
  try {
    for (const order of orders) {
      await hub.receive(order, { headers: { 'x-name': 'Lovelace' } })
      await hub.drain()
    }
    await hub.receive({ ...orders[0]!, id: '2', problem: 'MAPPING_MISSING' })
    await hub.drain()
    const person = { ids: ['c-ada'], emails: [WHO[0]!], phones: ['+12025550143'] }
    await hub.receive({ id: 'request', privacy: { act: 'erase', days: 30, person } })
    await hub.drain()
    await hub.clock.advance(LEASE_MS + 1)
    await hub.drain()
  } finally {
    await hub.close()
  }
}

describe('the files of SQLite', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crossdock-erased-'))
  const path = join(folder, 'hub.db')
  afterAll(() => rmSync(folder, { recursive: true }))

  it('hold no byte of a person who was erased', async () => {
    let before = Buffer.alloc(0)
    await landAndErase({
      open: () => openSqliteStore({ url: path, engine: true }),
      close(store) {
        // As they lie beside the running hub, before closing could tidy up.
        before = Buffer.concat([path, `${path}-wal`].filter(existsSync).map(file => readFileSync(file)))
        return store.close()
      },
    })
    expect(before.length).toBeGreaterThan(100_000)
    const found = WHO.filter(word => before.includes(word) || readFileSync(path).includes(word))
    expect(found).toEqual([])
  })
})

const server = mongoUrl()
const onServer = server ? describe : describe.skip

onServer('the database of MongoDB', () => {
  const url = withDatabase(server ?? '', `erased_${process.pid}`)
  let client: MongoClient
  beforeAll(() => {
    client = new MongoClient(url)
  })
  afterAll(async () => {
    await client.close()
    await dropDatabase(url)
  })

  it('holds no word of a person who was erased', async () => {
    await landAndErase({ open: () => openMongoStore({ url }), close: store => store.close() })
    const words: string[] = []
    for (const { name } of await client.db().listCollections().toArray())
      for await (const row of client.db().collection(name).find())
        words.push(JSON.stringify(row), row['body']?.toString('utf8') ?? '')
    expect(words.length).toBeGreaterThan(10)
    expect(WHO.filter(word => words.some(text => text.includes(word)))).toEqual([])
  })
})
