// Only here: what several processes share, where it lies, and what it costs Redis.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Queue, Topic } from '#core/contracts/queue.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { openBullmqQueue } from '#core/queue/bullmq/open-bullmq-queue.ts'
import { canStartRedis, RedisServer } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { HeldWork } from './queue/held-work.ts'

const MB = 1_000_000

const whereRedisIs = canStartRedis() ? describe : describe.skip
whereRedisIs('the BullMQ queue and its Redis', () => {
  let server: RedisServer
  let queues: Queue[]

  async function open(options: { query?: string; capacity?: number } = {}): Promise<Queue> {
    const { query = '', capacity } = options
    const queue = await openBullmqQueue({ url: `${server.url}${query}`, clock: systemClock, capacity })
    queues.push(queue)
    return queue
  }
  async function start(...args: string[]): Promise<void> {
    server = await RedisServer.started(...args)
  }
  const enqueueAll = async (queue: Queue, ids: readonly string[], delay = 0) => {
    for (let from = 0; from < ids.length; from += 2_000)
      await Promise.all(ids.slice(from, from + 2_000).map(id => queue.enqueue('deliver', id, { delay })))
  }
  const idle = (queue: Queue, topic: Topic) =>
    until(async () => {
      const { waiting, delayed, running } = (await queue.stats()).topics[topic]
      return waiting + delayed + running === 0
    })

  beforeEach(() => {
    queues = []
  })
  afterEach(async () => {
    await Promise.all(queues.map(queue => queue.close()))
    await server.end()
  })

  it('shares the jobs among processes: each is run once, by one of them', async () => {
    await start()
    const [one, two] = [await open(), await open()]
    const ran: string[] = []
    for (const queue of [one, two])
      queue.consume('deliver', async id => void ran.push(id), { concurrency: 4 })
    const ids = Array.from({ length: 500 }, (_, index) => `order:acme:shop:${index}>erp`)
    await Promise.all([enqueueAll(one, ids), enqueueAll(two, ids.toReversed())])
    await until(() => new Set(ran).size === ids.length)
    await idle(one, 'deliver')
    // An id that both enqueue may have ended before the second asks: then it is wanted anew.
    expect(ran.length).toBeLessThanOrEqual(2 * ids.length)
  })

  it('never runs an id in two processes at once; what one wants while the other runs it comes afterwards', async () => {
    await start()
    const [one, two] = [await open(), await open()]
    const work = new HeldWork()
    for (const queue of [one, two]) queue.consume('deliver', work.handler, { concurrency: 2 })
    await one.enqueue('deliver', 'a')
    await until(() => work.started.length === 1)
    await Promise.all([one.enqueue('deliver', 'a'), two.enqueue('deliver', 'a')])
    await two.enqueue('deliver', 'b')
    await until(() => work.started.includes('b'))
    expect(work.running).toEqual(['a', 'b'])
    work.finish('a')
    await until(() => work.started.length === 3)
    work.finishAll()
    await idle(one, 'deliver')
    expect(work.started).toEqual(['a', 'b', 'a'])
  })

  it('pauses for every process', async () => {
    await start()
    const [one, two] = [await open(), await open()]
    const work = new HeldWork()
    work.finishAll()
    await one.pause('deliver')
    two.consume('deliver', work.handler, { concurrency: 1 })
    await two.enqueue('deliver', 'a')
    await two.enqueue('translate', 'elsewhere')
    two.consume('translate', work.handler, { concurrency: 1 })
    await until(() => work.started.length > 0)
    expect(work.started).toEqual(['elsewhere'])
    await one.resume('deliver')
    await until(() => work.started.includes('a'))
  })

  it('takes any id that the hub makes', async () => {
    await start()
    const queue = await open()
    const ids = [
      '42',
      '0',
      '0:1',
      'meta',
      'a:b',
      'a~1b',
      'a~b:~0',
      'order:t:c:gid://shopify/Order/1>erp',
      'é {x}',
    ]
    const ran: string[] = []
    queue.consume('deliver', async id => void ran.push(id), { concurrency: 1 })
    for (const id of ids) await queue.enqueue('deliver', id)
    await until(() => ran.length === ids.length)
    expect(ran).toEqual(ids)
  })

  it('makes room for what is ready or more urgent when it is full, and counts what it drops', async () => {
    await start()
    const queue = await open({ capacity: 2 })
    await queue.enqueue('deliver', 'later', { delay: 60_000, priority: 10 })
    await queue.enqueue('deliver', 'backfill', { priority: 40 })
    await queue.enqueue('deliver', 'much later', { delay: 90_000, priority: 10 })
    await queue.enqueue('deliver', 'stock', { priority: 20 })
    await queue.enqueue('deliver', 'catalogue', { priority: 30 })
    await queue.enqueue('deliver', 'order', { priority: 10 })
    expect(await queue.stats()).toMatchObject({ topics: { deliver: { waiting: 2, delayed: 0 } }, dropped: 4 })
    const ran: string[] = []
    queue.consume('deliver', async id => void ran.push(id), { concurrency: 1 })
    await until(() => ran.length === 2)
    expect(ran).toEqual(['order', 'stock'])
  })

  it('keeps all keys under its prefix, those of a topic under one hash tag, and none of ended jobs', async () => {
    await start()
    const queue = await open({ query: '?prefix=shop-1' })
    const work = new HeldWork()
    queue.consume('deliver', work.handler, { concurrency: 1 })
    await queue.enqueue('deliver', 'a')
    await until(() => work.started.length === 1)
    await queue.enqueue('deliver', 'a')
    await queue.enqueue('translate', 'b')
    const keys = () => server.use(redis => redis.keys('*'))
    const strangers = (await keys()).filter(key => !/^shop-1:\{(deliver|publish|translate)\}:/.test(key))
    expect(strangers).toEqual([])
    work.finishAll()
    await idle(queue, 'deliver')
    expect((await keys()).filter(key => /\{deliver\}:(\.|again)/.test(key))).toEqual([])
  })

  it('works on a Redis Cluster', async () => {
    await start('--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1')
    await server.use(async redis => {
      await redis.cluster('ADDSLOTSRANGE', 0, 16_383)
      await until(async () => String(await redis.cluster('INFO')).includes('cluster_state:ok'))
    })
    const queue = await open({ query: '?cluster=true' })
    const work = new HeldWork()
    queue.consume('deliver', work.handler, { concurrency: 1 })
    await queue.enqueue('deliver', 'a')
    await until(() => work.started.length === 1)
    await queue.enqueue('deliver', 'a', { delay: 20 })
    work.finishAll()
    await until(() => work.started.length === 2)
    await idle(queue, 'deliver')
    expect((await queue.stats()).dropped).toBe(0)
  })

  it.each([
    ['waiting', 0],
    ['delayed', 3_600_000],
  ])('keeps 200 000 %s deliveries below 150 MB of Redis', async (_state, delay) => {
    await start()
    const queue = await open()
    const used = () =>
      server.use(async redis => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))![1]))
    const before = await used()
    const count = 20_000
    const ids = Array.from({ length: count }, (_, index) => deliveryOf(5_551_234_000_000 + index))
    await enqueueAll(queue, ids, delay)
    const bytes = ((await used()) - before) / count
    expect((await queue.stats()).dropped).toBe(0)
    expect(200_000 * bytes).toBeLessThan(150 * MB)
  })
})

/** As long as they are. */
const deliveryOf = (order: number): string =>
  `order:acme-europe:acme-shopify-eu:gid://shopify/Order/${order}>acme-odoo-production`
