// Only here: several processes on one database, its indexes and its bounds are what a server has to prove.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { claimDelivery, type DeliveryRecord } from '#core/store/delivery-rules.ts'
import { claimMessage } from '#core/store/message-rules.ts'
import { readConnectionIds } from '#core/store/mongo/connection-ids.ts'
import { INDEXES } from '#core/store/mongo/indexes.ts'
import { recordOf } from '#core/store/mongo/message-rows.ts'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { SCHEMA_VERSION } from '#core/store/mongo/schema.ts'
import type { Row } from '#core/store/mongo/shape.ts'
import { dropDatabase, emptyDatabase, mongoUrl, on, withDatabase } from '../support/mongo.ts'
import {
  atOnce,
  attemptAt,
  claimOf,
  connection,
  inTurn,
  MINUTE,
  message,
  stockItem,
  T0,
  wanted,
} from './store/samples.ts'

const server = mongoUrl()
const url = withDatabase(server ?? '', `only_${randomUUID()}`)

it('names every index and no other in the README', () => {
  const named = readFileSync('core/store/mongo/README.md', 'utf8').matchAll(/^\| (`.*?) \|/gm)
  const names = [...named].flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+)`/g)].map(match => match[1]))
  expect(names.toSorted()).toEqual(INDEXES.map(({ name }) => name as string).toSorted())
})

const onServer = server ? describe : describe.skip
onServer('on a server', () => {
  let store: Store

  beforeAll(async () => (await openMongoStore({ url })).close())
  beforeEach(async () => {
    store = await openMongoStore({ url })
  })
  afterEach(async () => {
    await store.close()
    await emptyDatabase(url)
  })
  afterAll(() => dropDatabase(url))

  const stored = (collection: string, id: string): Promise<Row> =>
    on(url, async db => (await db.collection<Row>(collection).findOne({ _id: id }))!)

  it('makes its indexes, once', async () => {
    const present = await on(url, async db => {
      const collections = await db.collections()
      return (await Promise.all(collections.map(each => each.indexes()))).flat()
    })
    const names = present.map(({ name }) => name).filter(name => name !== '_id_')
    expect(names.toSorted()).toEqual(INDEXES.map(({ name }) => name as string).toSorted())
  })

  it('refuses a database of a newer version', async () => {
    await on(url, db =>
      db.collection<Row>('meta').updateOne({ _id: 'schema' }, { $set: { version: SCHEMA_VERSION + 1 } }),
    )
    await expect(openMongoStore({ url })).rejects.toMatchObject({ code: 'STORE_VERSION' })
  })

  it('tells the connections that people made before it is opened', async () => {
    await store.connections.put(connection('made'))
    await store.connections.put(connection('declared', { declared: true }))
    expect(readConnectionIds(url)).toEqual(['made'])
  })

  it('refuses a body that does not fit, and what belongs to another', async () => {
    const insert = store.messages.insert(message('m1', { body: Buffer.alloc(16_000_000) }))
    await expect(insert).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' })
    await store.messages.insert(message('m2', { body: Buffer.alloc(8_000_000) }))
    const reopen = store.messages.reopen('m2', T0, { body: Buffer.alloc(8_000_000), by: 'key-1' })
    await expect(reopen).rejects.toMatchObject({ code: 'BODY_TOO_LARGE' })
  })

  it('reads no operator into what a filter names', async () => {
    await store.messages.insert(message('m1'))
    const filter = { connection: { $ne: '' } as unknown as string }
    expect(await store.messages.list(filter)).toMatchObject({ items: [], total: 0 })
  })

  it('takes no operation after it was closed', async () => {
    const closed = await openMongoStore({ url })
    await closed.close()
    await closed.close()
    await expect(closed.messages.get('m1')).rejects.toMatchObject({ code: 'SHUTDOWN' })
  })

  describe('a claim, made by the server in one step', () => {
    const claim = claimOf('$t', T0 + 9 * MINUTE)
    const visits = Array.from({ length: 21 }, (_, index) => index)

    it('is what the rules make of a delivery', async () => {
      await store.deliveries.want(wanted('unsettled', { revision: 3 }), T0)
      await store.deliveries.claim('unsettled', claimOf('lost', T0, T0 + 1))
      await store.deliveries.want(wanted('often'), T0)
      await inTurn(visits, async () => {
        await store.deliveries.claim('often', claimOf('t'))
        await store.deliveries.settle('often', 't', { state: 'pending', attempt: attemptAt(T0) })
      })
      await store.deliveries.want(wanted('waiting'), T0)
      await store.deliveries.claim('waiting', claimOf('t'))
      const waits = { state: 'waiting' as const, waitsFor: 'order:1', nextAt: T0 + 1, attempt: attemptAt(T0) }
      await store.deliveries.settle('waiting', 't', waits)
      await inTurn(['unsettled', 'often', 'waiting'], async id => {
        const { version, ...before } = await stored('deliveries', id)
        const expected = claimDelivery(before as unknown as DeliveryRecord, claim)
        await store.deliveries.claim(id, claim)
        const after: unknown = await stored('deliveries', id)
        expect(JSON.parse(JSON.stringify({ ...expected, version: version + 1 }))).toEqual(after)
      })
    })

    it('is what the rules make of a message', async () => {
      await store.messages.insert(message('m1'))
      await inTurn(visits, async index => {
        const before = recordOf(await stored('messages', 'm1'))
        const token = claimOf(`t${index}`, T0 + index * MINUTE)
        await store.messages.claim('m1', token)
        expect(recordOf(await stored('messages', 'm1'))).toEqual(claimMessage(before, token))
      })
    })
  })

  describe('two processes', () => {
    let other: Store

    beforeEach(async () => {
      other = await openMongoStore({ url })
    })
    afterEach(() => other.close())

    it('never both win a claim', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `d${index}`)
      await Promise.all(ids.map(id => store.deliveries.want(wanted(id), T0)))
      const winners = await atOnce(50, index => {
        const claimer = index % 2 ? store : other
        return Promise.all(ids.map(id => claimer.deliveries.claim(id, claimOf(`token-${index}`))))
      })
      const won = winners.flat().flatMap(delivery => (delivery ? [delivery.id] : []))
      expect(won.toSorted()).toEqual(ids.toSorted())
    })

    it('settle what they hold, whoever wrote to it meanwhile', async () => {
      await store.deliveries.want(wanted('d1'), T0)
      await store.deliveries.claim('d1', claimOf('t'))
      await other.deliveries.want(wanted('d1', { revision: 2 }), T0 + 1)
      const confirmed = { state: 'confirmed' as const, revision: 1, attempt: attemptAt(T0) }
      expect(await store.deliveries.settle('d1', 't', confirmed)).toBe(true)
      expect(await other.deliveries.get('d1')).toMatchObject({
        ...{ state: 'pending', revision: 2, confirmedRevision: 1 },
      })
    })

    it('tell apart, of many written in one statement, those that the other one has written to', async () => {
      const ids = Array.from({ length: 20 }, (_, index) => `d${index}`)
      await Promise.all(ids.map(id => store.deliveries.want(wanted(id), T0)))
      await Promise.all(ids.map(id => store.deliveries.claim(id, claimOf('t'))))
      const touched = ids.filter((_, index) => index % 2)
      await Promise.all(touched.map(id => other.deliveries.want(wanted(id, { revision: 2 }), T0 + 1)))
      const confirmed = { state: 'confirmed' as const, revision: 1, attempt: attemptAt(T0) }
      const settled = await Promise.all(ids.map(id => store.deliveries.settle(id, 't', confirmed)))
      expect(settled).toEqual(ids.map(() => true))
      const after = await Promise.all(ids.map(id => other.deliveries.get(id)))
      expect(after.map(delivery => delivery?.attempts.length)).toEqual(ids.map(() => 1))
      const pending = after.filter(delivery => delivery?.state === 'pending').map(delivery => delivery!.id)
      expect(pending).toEqual(touched)
    })

    it('make the same links at the same time', async () => {
      const links = Array.from({ length: 20 }, (_, index) => ({
        ...{ document: `order:${index}`, connection: 'erp', externalId: `${index}`, createdAt: T0 },
      }))
      await atOnce(4, index => Promise.all(links.map(link => (index % 2 ? store : other).links.put(link))))
      expect(await Promise.all(links.map(link => store.links.list(link.document)))).toEqual(
        links.map(link => [link]),
      )
    })

    it('change one item at the same time, and no change is lost or numbered twice', async () => {
      const changed = await atOnce(40, index =>
        (index % 2 ? store : other).stock.change('acme:TENT-2', item => {
          const stands = item ?? stockItem('TENT-2')
          const count = { source: 'erp', location: `${index}`, available: 1, at: T0 }
          return { ...stands, counts: [...stands.counts, count] }
        }),
      )
      expect(new Set(changed.map(({ item }) => item?.version)).size).toBe(40)
      expect(await store.stock.get('acme:TENT-2')).toMatchObject({ version: 40 })
      expect((await store.stock.get('acme:TENT-2'))!.counts).toHaveLength(40)
    })

    it('do not settle what the other one holds since the lease lapsed', async () => {
      await store.deliveries.want(wanted('d1'), T0)
      await store.deliveries.claim('d1', claimOf('late', T0, T0 + 1))
      await other.deliveries.claim('d1', claimOf('holder', T0 + 1))
      const outcome = { state: 'dead' as const, attempt: attemptAt(T0) }
      expect(await store.deliveries.settle('d1', 'late', outcome)).toBe(false)
      expect(await other.deliveries.settle('d1', 'holder', outcome)).toBe(true)
    })

    it('keep one unbroken audit chain', async () => {
      const entry = { at: T0, actor: 'key-1', action: 'a', subject: 's', detail: {} }
      const appended = await atOnce(20, index => (index % 2 ? store : other).audit.append(entry))
      expect(new Set(appended.map(({ seq }) => seq)).size).toBe(20)
      expect((await store.audit.list()).total).toBe(20)
    })
  })
})
