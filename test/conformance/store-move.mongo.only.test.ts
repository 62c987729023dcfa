// Only here: MongoDB writes rows and progress one after the other, bounds its records, and has no lock.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { nameOf } from '#core/store/mongo/client.ts'
import { moveStore } from '#core/store/move/move-store.ts'
import type { MoveSource, MoveTarget } from '#core/store/move/sides.ts'
import { mongoUrl } from '../support/mongo.ts'
import { candidate, MINUTE, message, T0 } from './store/samples.ts'
import { fillStore } from './store-move/fill-store.ts'
import { mongoPlace, sqlitePlace } from './store-move/places.ts'
import { NOW } from './store-move/whole-store.ts'

const server = mongoUrl()
const mongo = mongoPlace(server ?? '')
const onServer = server ? describe : describe.skip

describe('the name of a store', () => {
  it.each([
    [
      'mongodb://hub:hush@one.example:27017,two.example/shop?tls=true',
      'mongodb://one.example:27017,two.example/shop',
    ],
    ['mongodb+srv://hub:hu%40sh@example?authSource=a/b@c', 'mongodb+srv://example/crossdock'],
    ['mongodb://127.0.0.1/', 'mongodb://127.0.0.1/crossdock'],
  ])('shows neither user nor password: %s', (url, name) => expect(nameOf(url)).toBe(name))
})

onServer('a move to MongoDB', () => {
  let [file, database] = ['', '']
  let source: MoveSource
  let target: MoveTarget

  beforeEach(async () => {
    ;[file, database] = [sqlitePlace.address(), mongo.address()]
  })
  afterEach(async () => {
    await source.close()
    await target.close()
    await sqlitePlace.remove(file)
    await mongo.remove(database)
  })

  async function filled(fill: typeof fillStore): Promise<void> {
    const store = await sqlitePlace.open(file)
    await fill(store)
    await store.close()
    ;[source, target] = [await sqlitePlace.source(file, NOW), await mongo.target(database)]
  }

  it('writes rows again whose progress was never written', async () => {
    await filled(fillStore)
    const dying: MoveTarget = {
      ...target,
      write: (table, rows, { source }) => target.write(table, rows, { source, written: {} }),
      finish: async () => undefined,
    }
    await moveStore({ source, target: dying })
    expect(await target.progress()).toMatchObject({ written: {} })
    expect(await moveStore({ source, target })).toMatchObject({ equal: true, resumed: true })
  }, 30_000)

  it('names what is too large for a record before anything is written', async () => {
    const half = Buffer.alloc(7_500_001)
    await filled(async ({ messages, documents }) => {
      await messages.insert(message('fits', { body: Buffer.alloc(15_000_000) }))
      await messages.insert(message('large', { body: Buffer.alloc(15_000_001) }))
      await messages.insert(message('edited', { body: half }))
      await messages.reopen('edited', T0, { body: half, by: 'key-1' })
      await documents.upsert(candidate('long', { body: { text: 'x'.repeat(15_000_000) } }), T0)
    })
    const refused = await moveStore({ source, target }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'BODY_TOO_LARGE' })
    expect(String(refused)).toMatch(/message large .*message edited .*document order:acme:shop:long /)
    expect(String(refused)).not.toContain('fits')
    expect(await target.progress()).toBeNull()
  }, 30_000)

  it('carries a message as large as a record may be', async () => {
    await filled(async ({ messages }) => {
      await messages.insert(message('fits', { body: Buffer.alloc(15_000_000, 'x') }))
    })
    expect(await moveStore({ source, target })).toMatchObject({ equal: true })
  }, 30_000)
})

onServer('a move from MongoDB', () => {
  it('waits for the end of a lease, and names it', async () => {
    const database = mongo.address()
    const store = await mongo.open(database)
    await store.leases.acquire('poll:shop', 'process-1', NOW, NOW + MINUTE)
    await expect(mongo.source(database, NOW)).rejects.toMatchObject({
      code: 'STORE_LOCKED',
      detail: expect.stringContaining('the lease poll:shop'),
    })
    await (await mongo.source(database, NOW + MINUTE)).close()
    await store.close()
    await mongo.remove(database)
  })
})
