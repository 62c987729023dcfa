// Only here: Redis is another process that may die, stand still or forget everything while this one goes on.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Queue } from '#core/contracts/queue.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { type Clock, ManualClock, systemClock } from '#core/kernel/clock.ts'
import { openBullmqQueue } from '#core/queue/bullmq/open-bullmq-queue.ts'
import { canStartRedis, RedisServer } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { HeldWork } from './queue/held-work.ts'

const mayKill = canStartRedis() ? describe : describe.skip
mayKill('the BullMQ queue when Redis fails', () => {
  let server: RedisServer
  let queue: Queue
  let work: HeldWork
  let said: string[]

  const open = (clock: Clock = systemClock, query = '') =>
    openBullmqQueue({
      url: `${server.url}${query}`,
      clock,
      onOutage: ({ code }) => said.push(code),
      onRecovery: () => said.push('back'),
    })
  const consume = () => queue.consume('deliver', work.handler, { concurrency: 2 })
  const enqueue = (...ids: string[]) => Promise.all(ids.map(id => queue.enqueue('deliver', id)))
  const startedAll = (...ids: string[]) => until(() => ids.every(id => work.started.includes(id)))
  /** What the sweeper does until the work is done: a lost wake-up costs time only. */
  const sweepUntilStarted = (...ids: string[]) =>
    until(async () => {
      await enqueue(...ids.filter(id => !work.started.includes(id)))
      return ids.every(id => work.started.includes(id))
    })

  beforeEach(async () => {
    server = await RedisServer.started()
    work = new HeldWork()
    said = []
  })
  afterEach(async () => {
    work.finishAll()
    await queue.close()
    await server.end()
  })

  it('goes on after Redis was emptied in the middle of the work', async () => {
    queue = await open()
    consume()
    await enqueue('a', 'b', 'c')
    await startedAll('a', 'b')
    await server.use(redis => redis.flushall())
    work.finishAll()
    await sweepUntilStarted('c', 'd')
    await until(async () => (await queue.stats()).topics.deliver.running === 0)
    // A job that Redis forgot while it ran may be handed out once more: the lease in the store decides.
    expect([...new Set(work.started)].toSorted()).toEqual(['a', 'b', 'c', 'd'])
    expect(said).toEqual([])
  })

  it('goes on by itself after Redis was killed twice and came back empty', async () => {
    queue = await open()
    consume()
    work.finishAll()
    for (const round of [1, 2]) {
      await enqueue(`before ${round}`)
      await startedAll(`before ${round}`)
      await server.kill()
      await until(() => said.length === 2 * round - 1)
      await enqueue(`while away ${round}`)
      await server.start()
      await until(() => said.length === 2 * round)
      await sweepUntilStarted(`while away ${round}`, `after ${round}`)
    }
    expect(said).toEqual(['QUEUE_UNAVAILABLE', 'back', 'QUEUE_UNAVAILABLE', 'back'])
  })

  it('neither fails nor keeps what it is given while Redis is away, and counts it', async () => {
    queue = await open()
    await server.kill()
    await until(() => said.length > 0)
    await enqueue(...Array.from({ length: 1_000 }, (_, index) => `${index}`))
    expect(await queue.stats()).toEqual({
      topics: {
        translate: { waiting: 0, delayed: 0, running: 0 },
        deliver: { waiting: 0, delayed: 0, running: 0 },
        publish: { waiting: 0, delayed: 0, running: 0 },
      },
      dropped: 1_000,
    })
    await expect(queue.ping()).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' })
    await expect(queue.pause('deliver')).rejects.toMatchObject({ code: 'QUEUE_UNAVAILABLE' })
    expect(said).toEqual(['QUEUE_UNAVAILABLE'])
  })

  it('holds no more than a bounded number for a Redis that stands still', async () => {
    queue = await open()
    server.signal('SIGSTOP')
    let held = 30_000
    const asked = Array.from({ length: held }, (_, index) =>
      queue.enqueue('deliver', `${index}`).then(() => {
        held--
      }),
    )
    await new Promise(setImmediate)
    expect(held).toBe(10_000)
    server.signal('SIGCONT')
    await Promise.all(asked)
    const { topics, dropped } = await queue.stats()
    expect(dropped).toBeGreaterThanOrEqual(20_000)
    expect(topics.deliver.waiting + dropped).toBeGreaterThanOrEqual(30_000)
  })

  it('starts without Redis, and works once it is there', async () => {
    await server.kill()
    const clock = new ManualClock(Date.now())
    const opening = open(clock)
    await clock.advance(10_000)
    queue = await opening
    consume()
    work.finishAll()
    await enqueue('lost')
    expect((await queue.stats()).dropped).toBe(1)
    await server.start()
    await sweepUntilStarted('a')
    expect(said).toEqual(['QUEUE_UNAVAILABLE', 'back'])
  })

  it('closes while Redis is away, once the handlers have ended', async () => {
    const clock = new ManualClock(Date.now())
    queue = await open(clock)
    consume()
    await enqueue('a')
    await startedAll('a')
    await server.kill()
    let closed = false
    const closing = queue.close().then(() => {
      closed = true
    })
    expect(work.signalOf('a').aborted).toBe(true)
    await clock.advance(60_000)
    expect(closed).toBe(false)
    work.finish('a')
    await until(async () => {
      await clock.advance(10_000)
      return closed
    })
    await closing
  })

  it.each(['', '?cluster=true'])('closes though Redis never was there (%p)', async query => {
    await server.kill()
    const clock = new ManualClock(Date.now())
    const opening = open(clock, query)
    await clock.advance(10_000)
    queue = await opening
    consume()
    let closed = false
    const closing = queue.close().then(() => {
      closed = true
    })
    await until(async () => {
      await clock.advance(10_000)
      return closed
    })
    await closing
  })

  it('gives the job of a worker that died to another', async () => {
    queue = await open()
    consume()
    await enqueue('a')
    await startedAll('a')
    await server.use(async redis => {
      const [lock] = await redis.keys('*:lock')
      await redis.del(lock!)
    })
    await until(() => work.started.length === 2, 30_000)
    expect(work.started).toEqual(['a', 'a'])
  }, 40_000)

  it('does not start for a Redis that refuses it, and does not show the password', async () => {
    queue = await open()
    await server.use(redis => redis.config('SET', 'requirepass', 'right'))
    const address = server.url.replace('//', '//:wr0ng-s3cret@')
    const refused = await openBullmqQueue({ url: address, clock: systemClock }).catch(error => error)
    expect(refused).toBeInstanceOf(HubError)
    expect(refused).toMatchObject({ code: 'QUEUE_REFUSED', recovery: 'halt' })
    expect([refused.message, refused.detail, refused.cause].join(' ')).not.toContain('wr0ng')
  })
})
