// Only here: what SQL a store in one file runs on, and how a file of an earlier version comes through.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Database, openDatabase } from '#core/store/sqlite/database.ts'
import { migrate } from '#core/store/sqlite/migrations.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { SCHEMA_1 } from '#core/store/sqlite/schema.ts'
import { claimOf, finding, MINUTE, message, published, T0 } from './store/samples.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossdock-upgrade-'))
  path = join(folder, 'hub.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Messages as the first version wrote them: three of one shop, a minute apart. */
function fileOfVersion1(): void {
  const database = openDatabase(path)
  migrate(database, [SCHEMA_1])
  const insert = database.prepare(
    `INSERT INTO messages (id, tenant, connection, topic, via, dedupeKey, receivedAt, priority, bytes, state, nextAt,
       readyAt, claims, spent, attempts, documents)
     VALUES (?, 'acme', 'shop', 'orders/create', 'webhook', ?, ?, 10, 2, 'pending', ?, ?, 0, 0, '[]', '[]')`,
  )
  for (const n of [1, 2, 3]) {
    const at = T0 + n * MINUTE
    const { lastInsertRowid } = insert.run(`m${n}`, `event-m${n}`, at, at, at)
    database
      .prepare('INSERT INTO messageBodies (seq, headers, body) VALUES (?, ?, ?)')
      .run(lastInsertRowid, '{}', Buffer.from(`{"n":${n}}`))
  }
  database.exec(`INSERT INTO tallies VALUES ('message', 'shop', 'pending', 'acme', 'orders/create', '', 3)`)
  database.close()
}

describe('a file of version 1', () => {
  it('comes through with all it held, and takes what version 2 added', async () => {
    fileOfVersion1()
    const store = openSqliteStore({ url: path, engine: true })
    expect(await store.messages.insert(message('m2'))).toBe('duplicate')
    expect(await store.messages.claim('m1', claimOf('t', T0 + MINUTE))).toMatchObject({
      ...{ id: 'm1', body: Buffer.from('{"n":1}'), claims: 1 },
    })
    const range = await store.messages.list({ from: T0 + 2 * MINUTE })
    expect([range.items.map(({ id }) => id), range.total]).toEqual([['m3', 'm2'], 2])
    expect(await store.upkeep.pendingMessages()).toBe(3)
    expect(await store.mappings.publish(published(), 0)).toMatchObject({ number: 1 })
    await store.drift.add([finding()])
    await store.close()
    const again = openSqliteStore({ url: path, engine: true })
    expect([await again.mappings.count(), (await again.drift.list({})).total]).toEqual([1, 1])
    await again.close()
  })
})

describe('the plan of a query', () => {
  const planOf = (database: Database, sql: string): string =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(row => row.detail)
      .join('; ')
  const opened = async (): Promise<Database> => {
    await openSqliteStore({ url: path, engine: false }).close()
    return openDatabase(path)
  }
  const RANGE = `FROM messages WHERE tenant = 'a' AND connection = 'c' AND topic = 't' AND receivedAt >= 1 AND TRUE`

  it.each([
    [
      'a page of a range walks its index and sorts nothing',
      `SELECT receivedAt AS at, seq ${RANGE} AND (receivedAt, seq) < (9, 0) ORDER BY receivedAt DESC, seq DESC LIMIT 51`,
      /^SEARCH messages USING COVERING INDEX messagesByTime \(tenant=\? AND connection=\? AND topic=\? AND receivedAt>\? AND receivedAt<\?\)$/,
    ],
    [
      'a range is counted in its index',
      `SELECT count(*) ${RANGE} AND receivedAt < 9`,
      /^SEARCH messages USING COVERING INDEX messagesByTime \([^)]*receivedAt<\?\)$/,
    ],
    [
      'the newest findings are read in order',
      'SELECT * FROM drift WHERE TRUE AND (lastAt, seq) < (9, 0) ORDER BY lastAt DESC, seq DESC LIMIT 51',
      /^SEARCH drift USING INDEX driftByTime \(lastAt<\?\)$/,
    ],
    [
      'a page of the ledger is read in order from where it begins',
      'SELECT * FROM stock WHERE TRUE AND (tenant, sku) > (1, 2) ORDER BY tenant, sku LIMIT 51',
      /^SEARCH stock USING INDEX stockByTenant \(\(tenant,sku\)>\(\?,\?\)\)$/,
    ],
    [
      'a page of a tenant is entered at its first SKU',
      "SELECT * FROM stock WHERE tenant = 'a' AND (sku) > (2) ORDER BY sku LIMIT 51",
      /^SEARCH stock USING INDEX stockByTenant \(tenant=\? AND sku>\?\)$/,
    ],
    [
      'a page of a SKU over the tenants',
      "SELECT * FROM stock WHERE sku = 'a' AND (tenant) > (2) ORDER BY tenant LIMIT 51",
      /^SEARCH stock USING INDEX stockBySku \(sku=\? AND tenant>\?\)$/,
    ],
    [
      'items to be looked at again',
      'SELECT id FROM stock WHERE nextAt <= 1 ORDER BY nextAt, id LIMIT 51',
      /^SEARCH stock USING COVERING INDEX stockDue \(nextAt<\?\)$/,
    ],
    [
      'overdue letters',
      "SELECT * FROM deadLetters INDEXED BY deadLettersDue WHERE dueAt <= 1 AND state = 'open' AND escalatedAt IS NULL ORDER BY dueAt LIMIT 9",
      /^SEARCH deadLetters USING INDEX deadLettersDue \(dueAt<\?\)$/,
    ],
    [
      'documents with a deadline',
      'SELECT * FROM documents WHERE deadline < 1 ORDER BY deadline LIMIT 9',
      /^SEARCH documents USING INDEX documentsDue \(deadline<\?\)$/,
    ],
    [
      'the count of what was published reads one entry',
      'SELECT coalesce(max(seq), 0) AS count FROM publishedMappings',
      /^SEARCH publishedMappings$/,
    ],
  ])('%s', async (_promise, sql, plan) => {
    const database = await opened()
    expect(planOf(database, sql)).toMatch(plan)
    database.close()
  })
})
