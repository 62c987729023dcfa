// Only here: that a read walks an index, not the records, is told by the server of MongoDB alone.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type CommandStartedEvent, type Document, MongoClient } from 'mongodb'
import { Arrivals } from '#core/store/mongo/arrivals.ts'
import { createDeadLetters } from '#core/store/mongo/dead-letters.ts'
import { createDeliveries } from '#core/store/mongo/deliveries.ts'
import { createDocuments } from '#core/store/mongo/documents.ts'
import { newRow } from '#core/store/mongo/message-rows.ts'
import { createMessages } from '#core/store/mongo/messages.ts'
import type { Parts } from '#core/store/mongo/repository.ts'
import { prepare } from '#core/store/mongo/schema.ts'
import { createStock } from '#core/store/mongo/stock.ts'
import { createUpkeep } from '#core/store/mongo/upkeep.ts'
import { encodeCursor } from '#core/store/paging.ts'
import { dropDatabase, mongoUrl, withDatabase } from '../support/mongo.ts'
import { candidate, letter, message, T0, wanted } from './store/samples.ts'

const RECORDS = 10_000
const READS = ['find', 'aggregate', 'findAndModify', 'update', 'delete']

const server = mongoUrl()
const url = withDatabase(server ?? '', `plans_${randomUUID()}`)
const onServer = server ? describe : describe.skip

onServer(`among ${RECORDS} records`, () => {
  let client: MongoClient
  let parts: Parts
  let commands: Document[]

  beforeAll(async () => {
    client = new MongoClient(url, { monitorCommands: true })
    client.on('commandStarted', ({ command }: CommandStartedEvent) => commands.push(command))
    commands = []
    parts = { collection: name => client.db().collection(name), arrivals: new Arrivals(randomBytes) }
    await fill()
    await prepare(client.db())
  }, 60_000)
  afterAll(async () => {
    await client.close()
    await dropDatabase(url)
  })

  async function fill(): Promise<void> {
    const numbers = Array.from({ length: RECORDS }, (_, index) => index)
    const states = ['done', 'done', 'done', 'dead', 'pending']
    const work = (index: number) => {
      const state = states[index % 5]!
      return { state, ...(state === 'pending' && { readyAt: T0 + index }) }
    }
    const place = (index: number) => `place-${index % 7}`
    const held = (index: number) => index % 3 === 0 && { owner: place(index), dueAt: T0 + index }
    const rows: Record<string, (index: number) => Document> = {
      messages: index => {
        const { readyAt: _readyAt, ...row } = newRow(
          message(`m${index}`, { connection: place(index), receivedAt: T0 + index }),
          parts.arrivals.next(T0 + index),
        )
        return { ...row, ...work(index), documents: [`d${index}`] }
      },
      deliveries: index => {
        const { id, ...delivery } = wanted(`d${index}`, {
          destination: place(index),
          source: place(index + 1),
        })
        const seq = parts.arrivals.next(T0 + index)
        return { _id: id, ...delivery, wantedAt: T0, claims: 0, seq, version: 1, ...work(index) }
      },
      documents: index => {
        const { id, ...document } = candidate(`${index}`, { connection: place(index), number: `#${index}` })
        const late = index % 3 === 0 && { deadline: T0 + index }
        return { _id: id, ...document, ...late, body: '{}', seq: parts.arrivals.next(T0 + index), version: 1 }
      },
      deadLetters: index => {
        const { id, ...rest } = letter(`m${index}`, { cause: `cause-${index % 50}`, document: `d${index}` })
        const seq = parts.arrivals.next(T0 + index)
        return {
          _id: id,
          ...rest,
          ...held(index),
          state: index % 9 ? 'resolved' : 'open',
          openedAt: T0,
          seq,
          version: 1,
        }
      },
      stock: index => ({
        ...{ _id: `acme:${index}`, tenant: place(index), sku: `${index}`, version: 1 },
        ...(index % 3 === 0 && { nextAt: T0 + index }),
      }),
    }
    for (const [collection, row] of Object.entries(rows))
      await client.db().collection(collection).insertMany(numbers.map(row), { ordered: false })
  }

  /** Names of the stages that the reads of this operation go through, as the server plans them. */
  async function stagesOf(operation: () => Promise<unknown>): Promise<string[]> {
    commands = []
    await operation()
    const reads = commands.filter(command => READS.some(name => name in command))
    const plans = await Promise.all(reads.map(explain))
    expect(plans.length).toBeGreaterThan(0)
    return plans.flatMap(plan =>
      [...JSON.stringify(plan).matchAll(/"stage":"(\w+)"/g)].map(([, stage]) => stage!),
    )
  }

  function explain(command: Document): Promise<Document> {
    const { lsid: _lsid, txnNumber: _number, $db: _db, writeConcern: _concern, ...explained } = command
    return client.db().command({ explain: explained, verbosity: 'queryPlanner' })
  }

  const expectIndexed = (stages: readonly string[]): void => {
    expect(stages).not.toContain('COLLSCAN')
    expect(stages.filter(stage => /IXSCAN|IDHACK|COUNT_SCAN|DISTINCT_SCAN|EXPRESS/.test(stage))).not.toEqual(
      [],
    )
  }

  const messages = () => createMessages(parts)
  const deliveries = () => createDeliveries(parts)
  const stock = () => createStock(parts)
  const upkeep = () => createUpkeep(parts, async () => undefined)
  const document = `order:acme:shop:${RECORDS - 1}`

  it.each<[string, () => Promise<unknown>]>([
    ['due work', () => upkeep().due('deliver', T0 + RECORDS, 100, ['place-1'])],
    ['due messages', () => upkeep().due('translate', T0 + RECORDS, 100)],
    ['the next due time', () => upkeep().nextDue('deliver', T0 + RECORDS / 2)],
    ['the high-water mark', () => upkeep().pendingMessages()],
    ['purged messages', () => upkeep().purge('messages', T0 + 10, 10)],
    ['a claim', () => messages().claim('m4', { token: 't', now: T0 + RECORDS, until: T0 + 2 * RECORDS })],
    ['a settlement', () => messages().settle('m4', 't', { state: 'done', attempt: { at: T0 } })],
    ['messages of a connection', () => messages().list({ connection: 'place-1' })],
    ['messages of a connection and state', () => messages().list({ connection: 'place-1', state: 'dead' })],
    ['messages of a state', () => messages().list({ state: 'dead' })],
    ['messages of a document', () => messages().list({ document: 'd5' })],
    ['messages between two times', () => messages().list({ from: T0 + 10, to: T0 + 20 })],
    ['waiting deliveries', () => deliveries().wake({ waitsFor: 'order:1', destination: 'place-1' }, T0)],
    ['held deliveries', () => deliveries().wake({ heldAt: 'place-1' }, T0)],
    ['deliveries of a document', () => deliveries().list({ document })],
    ['deliveries of a place and state', () => deliveries().list({ destination: 'place-1', state: 'dead' })],
    ['a document by its number', () => createDocuments(parts).list({ number: '#77' })],
    ['a document by its id at the source', () => createDocuments(parts).list({ externalId: '77' })],
    ['letters of a cause', () => createDeadLetters(parts).list({ cause: 'cause-1' })],
    ['items of a tenant', () => stock().list({ tenant: 'place-1' }, { after: encodeCursor(['77']) })],
    ['items of a SKU', () => stock().list({ sku: '77' }, { after: encodeCursor(['place-0']) })],
    ['items to be looked at again', () => stock().due(T0 + 100, 10)],
    ['overdue letters', () => createDeadLetters(parts).due(T0 + 100, 10)],
    ['letters of an owner', () => createDeadLetters(parts).list({ owner: 'owner-1' })],
    ['documents with a deadline', () => createDocuments(parts).due(T0 + 100, 10)],
    ['letters of a document', () => createDeadLetters(parts).list({ document: 'd7' })],
  ])('finds by an index: %s', async (_name, operation) => {
    const stages = await stagesOf(operation)
    expectIndexed(stages)
    expect(stages).not.toContain('SORT')
  })
})
