// Only here: the server is another process that may die while this one goes on.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Store } from '#core/contracts/store.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import { dropDatabase, mongoUrl, withDatabase } from '../support/mongo.ts'
import { claimOf, message, T0, wanted } from './store/samples.ts'

const SERVER = '../shared/mongo'
/** A server of its own: that of the other tests is not to be hurt. */
const env = { ...process.env, HUB_MONGO_PORT: '27217' }

const run = async (command: string): Promise<string> =>
  (await promisify(execFile)(`${SERVER}/${command}`, { env })).stdout.trim()

const mayCrash = mongoUrl() !== null && existsSync(`${SERVER}/restart`)
if (!mayCrash) console.warn('skipped: there is no server here that may be killed')

const whereItMayCrash = mayCrash ? describe : describe.skip
whereItMayCrash('a server that is killed', () => {
  let url: string
  let store: Store

  beforeAll(async () => {
    url = withDatabase(await run('up'), 'outage')
    await dropDatabase(url)
    store = await openMongoStore({ url: `${url}&serverSelectionTimeoutMS=500` })
  }, 60_000)
  afterAll(async () => {
    await store.close()
    await run('up')
    await dropDatabase(url)
    await run('down')
  }, 60_000)

  it('loses nothing that was acknowledged, and the store goes on by itself', async () => {
    const [acknowledged, failures] = [new Set<string>(), new Set<string>()]
    let running = true
    const write = async (writer: number): Promise<void> => {
      for (let n = 0; running; n++) {
        const id = `${writer}-${n}`
        await store.messages.insert(message(id, { body: Buffer.alloc(500, id) })).then(
          () => acknowledged.add(id),
          (error: unknown) => failures.add(asHubError(error).code),
        )
      }
    }
    const writers = Array.from({ length: 10 }, (_, writer) => write(writer))
    await store.deliveries.want(wanted('in-hand'), T0)
    await store.deliveries.claim('in-hand', claimOf('t'))
    await run('restart')
    running = false
    await Promise.all(writers)
    expect([...failures].filter(code => code !== 'STORE_UNAVAILABLE')).toEqual([])
    const found = await Promise.all([...acknowledged].map(id => store.messages.get(id)))
    expect(found.length).toBeGreaterThan(10)
    expect(found.filter(each => each === null)).toEqual([])
    expect(await store.messages.insert(message('afterwards'))).toBe('stored')
    const outcome = { state: 'confirmed' as const, revision: 1, attempt: { at: T0 } }
    expect(await store.deliveries.settle('in-hand', 't', outcome)).toBe(true)
  }, 60_000)

  it('is told of as unavailable while it is away, and answers again when it is back', async () => {
    await run('kill9')
    const away = { code: 'STORE_UNAVAILABLE', recovery: 'retry' }
    await expect(store.upkeep.ping()).rejects.toMatchObject(away)
    await expect(store.messages.insert(message('away'))).rejects.toMatchObject(away)
    await expect(store.messages.list({})).rejects.toMatchObject(away)
    await run('up')
    expect(await store.messages.insert(message('away'))).toBe('stored')
    await expect(store.upkeep.ping()).resolves.toBeUndefined()
  }, 60_000)
})
