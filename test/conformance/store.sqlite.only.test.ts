// Only here: locks, files, migrations and transactions are what a store in one file has to prove by itself.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openDatabase } from '#core/store/sqlite/database.ts'
import { MIGRATIONS, migrate, versionOf } from '#core/store/sqlite/migrations.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { claimOf, message, T0, wanted } from './store/samples.ts'

let folder: string
let path: string
let children: ChildProcess[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crossdock-sqlite-'))
  path = join(folder, 'hub.db')
  children = []
})
afterEach(async () => {
  await Promise.all(children.map(killed))
  rmSync(folder, { recursive: true })
})

function inserting(): ChildProcess {
  const child = spawn(process.execPath, ['test/support/insert-until-killed.ts', path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return child
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Lets it run until it has told of so many inserts, then ends it by SIGKILL; the ids of which it told. */
async function killedAfter(count: number): Promise<string[]> {
  const child = inserting()
  let told = ''
  for await (const chunk of child.stdout!) {
    told += chunk
    if (told.split('\n').length > count) child.kill('SIGKILL')
  }
  return told.split('\n').slice(0, -1)
}

describe('after SIGKILL', () => {
  it('holds every insert that had resolved', async () => {
    const resolved = await killedAfter(500)
    const store = openSqliteStore({ url: path, engine: true })
    const found = await Promise.all(resolved.map(id => store.messages.get(id)))
    expect(resolved.length).toBeGreaterThanOrEqual(500)
    expect(found.filter(each => each === null)).toEqual([])
    expect(found.at(-1)!.body).toEqual(Buffer.alloc(2_000, resolved.at(-1)!))
    expect(await store.upkeep.pendingMessages()).toBe((await store.messages.list({})).total)
    await store.close()
  })

  it('frees at once what the dead engine held, and knows that nobody knows how far it got', async () => {
    await killedAfter(1)
    const store = openSqliteStore({ url: path, engine: true })
    expect(await store.upkeep.due('deliver', T0, 1)).toEqual([{ id: 'in-hand', priority: 10, claims: 1 }])
    const settled = { state: 'confirmed' as const, revision: 1, attempt: { at: T0 } }
    expect(await store.deliveries.settle('in-hand', 'dead', settled)).toBe(false)
    expect(await store.deliveries.claim('in-hand', claimOf('next'))).toMatchObject({
      claims: 2,
      uncertain: true,
    })
    await store.close()
  })
})

describe('the engine lock', () => {
  it('lets one process work on a file, and others read and write beside it', async () => {
    const child = inserting()
    await once(child.stdout!, 'data')
    expect(() => openSqliteStore({ url: path, engine: true })).toThrow(
      expect.objectContaining({ code: 'STORE_LOCKED' }),
    )
    const beside = openSqliteStore({ url: path, engine: false })
    expect(await beside.messages.insert(message('by-hand'))).toBe('stored')
    expect(await beside.deliveries.claim('in-hand', claimOf('thief'))).toBeNull()
    await beside.close()
    await killed(child)
    await openSqliteStore({ url: path, engine: true }).close()
  })

  it('is free again after closing', async () => {
    await openSqliteStore({ url: path, engine: true }).close()
    const store = openSqliteStore({ url: path, engine: true })
    await store.close()
    await store.close()
  })

  it('leaves claims of a living engine alone when another process opens the file', async () => {
    const engine = openSqliteStore({ url: path, engine: true })
    await engine.deliveries.want(wanted('d1'), T0)
    await engine.deliveries.claim('d1', claimOf('held'))
    const beside = openSqliteStore({ url: path, engine: false })
    expect(await engine.deliveries.claim('d1', claimOf('other'))).toBeNull()
    await beside.close()
    await engine.close()
  })

  it('counts what another process writes', async () => {
    const engine = openSqliteStore({ url: path, engine: true })
    const beside = openSqliteStore({ url: path, engine: false })
    await engine.messages.insert(message('m1'))
    await beside.messages.insert(message('m2'))
    expect(await engine.upkeep.pendingMessages()).toBe(2)
    await beside.close()
    await engine.close()
  })
})

describe('another process that holds the write lock', () => {
  it('delays writes, which then succeed, and does not delay reads', async () => {
    const store = openSqliteStore({ url: path, engine: true })
    const other = openDatabase(path)
    other.exec('BEGIN IMMEDIATE')
    let resolved = false
    const insert = store.messages.insert(message('m1')).finally(() => {
      resolved = true
    })
    await new Promise(resolve => setImmediate(() => setImmediate(resolve)))
    expect(resolved).toBe(false)
    expect(await store.messages.get('m1')).toBeNull()
    other.exec('COMMIT')
    expect(await insert).toBe('stored')
    other[Symbol.dispose]()
    await store.close()
  })
})

describe('migrations', () => {
  it('bring a new file to the present version', async () => {
    await openSqliteStore({ url: path, engine: false }).close()
    const database = openDatabase(path)
    expect(versionOf(database)).toBe(MIGRATIONS.length)
    database.close()
  })

  it('run each missing step once, in order', () => {
    const database = openDatabase(path)
    migrate(database, ['CREATE TABLE a (x)'])
    migrate(database, ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y', 'INSERT INTO a VALUES (1, 2)'])
    expect(versionOf(database)).toBe(3)
    expect({ ...database.prepare('SELECT * FROM a').get() }).toEqual({ x: 1, y: 2 })
    database.close()
  })

  it('run all or none', () => {
    const database = openDatabase(path)
    expect(() => migrate(database, ['CREATE TABLE a (x)', 'nonsense'])).toThrow()
    expect(versionOf(database)).toBe(0)
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'a'").get()).toBeUndefined()
    database.close()
  })

  it('refuse a file of a newer version', () => {
    const database = openDatabase(path)
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`)
    database.close()
    expect(() => openSqliteStore({ url: path, engine: true })).toThrow(
      expect.objectContaining({ code: 'STORE_VERSION' }),
    )
  })
})

describe('the files', () => {
  it('are readable by their owner only', async () => {
    const store = openSqliteStore({ url: path, engine: true })
    await store.messages.insert(message('m1'))
    const rights = ['', '-wal', '-shm', '.lock'].map(suffix => statSync(`${path}${suffix}`).mode & 0o077)
    expect(rights).toEqual([0, 0, 0, 0])
    await store.close()
  })

  it('keep the write-ahead log bounded however much is written', async () => {
    const store = openSqliteStore({ url: path, engine: true })
    const body = Buffer.alloc(50_000, 'x')
    for (let round = 0; round < 20; round++)
      await Promise.all(
        Array.from({ length: 50 }, (_, n) => store.messages.insert(message(`${round}-${n}`, { body }))),
      )
    expect(statSync(path).size).toBeGreaterThan(30_000_000)
    expect(statSync(`${path}-wal`).size).toBeLessThan(25_000_000)
    await store.close()
  })

  it('hold no word of what a filter names, only what was bound', async () => {
    const store = openSqliteStore({ url: path, engine: true })
    await store.messages.insert(message('m1'))
    const page = await store.messages.list({ connection: "x' OR '1'='1" })
    expect(page).toEqual({ items: [], next: null, total: 0 })
    await store.close()
    expect(readFileSync(path).includes("OR '1'")).toBe(false)
  })
})
