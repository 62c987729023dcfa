// Only here: the driver may stop looking for its server, and nothing but a new connection helps.
import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { MongoClient } from 'mongodb'
import { reviveWhenDeaf } from '#core/store/mongo/revive.ts'
import { dropDatabase, mongoUrl, withDatabase } from '../support/mongo.ts'
import { until } from '../support/until.ts'

const server = mongoUrl()
const whereThereIsOne = server ? describe : describe.skip

whereThereIsOne('a driver that looks for its server and never ends', () => {
  const url = withDatabase(server ?? '', `revive_${randomUUID()}`)
  const client = new MongoClient(server ? url : 'mongodb://unused')
  const records = client.db().collection<{ _id: string }>('records')
  let unwatch: (() => Promise<void>) | undefined
  let opened = 0

  beforeAll(async () => {
    client.on('open', () => {
      opened += 1
    })
    await client.connect()
    await records.insertOne({ _id: 'before' })
  })
  afterEach(() => unwatch?.())
  afterAll(async () => {
    await client.close()
    await dropDatabase(url)
  })

  const begins = (connectionId: string) => client.emit('serverHeartbeatStarted', { connectionId } as never)

  it('is connected anew, and collections made before go on', async () => {
    unwatch = reviveWhenDeaf(client, { silenceMs: 20, everyMs: 5 })
    begins('deaf:1')
    await until(() => opened === 2)
    await unwatch()
    expect(await records.countDocuments()).toBe(1)
  })

  it('is left alone while each of its looks ends', async () => {
    const before = opened
    unwatch = reviveWhenDeaf(client, { silenceMs: 60_000, everyMs: 1 })
    begins('slow:1')
    client.emit('serverHeartbeatFailed', { connectionId: 'slow:1' } as never)
    for (let n = 0; n < 20; n++) await records.insertOne({ _id: `n${n}` })
    expect(opened).toBe(before)
  })
})
