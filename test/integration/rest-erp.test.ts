import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { ErpSimulatorOptions, Fault } from '#connectors/erp/rest/simulator.ts'
import { type Bench, type Crash, Delivery, STRATEGIES, startBench } from './rest-erp-delivery.ts'

let bench: Bench

function expectOneRecord({ key, wanted }: Delivery): void {
  const records = bench.erp.records('order').filter(record => record.key === key)
  expect(records).toMatchObject([{ key, revision: wanted, body: { content: `r${wanted}` } }])
}

const FAULTS: readonly Fault[] = [
  '500-before-store',
  '500-after-store',
  'timeout-before-store',
  'timeout-after-store',
  'hang-up-after-store',
  'throttle',
]
const BOUNDARIES: readonly (Fault | Crash)[] = [...FAULTS, 'before-send', 'before-record']

const ERPS: readonly [string, Partial<ErpSimulatorOptions>][] = [
  ['a naive ERP', {}],
  ['an ERP that refuses a known key', { uniqueKeys: true }],
  ['an ERP that refuses another payload under the same key', { payloadMismatch: '422' }],
]

describe.each(ERPS)('%s', (_name, options) => {
  beforeEach(async () => {
    bench = await startBench(options)
  })
  afterEach(() => bench.stop())

  describe.each(STRATEGIES)('%s', strategy => {
    it.each(BOUNDARIES)(
      'holds one record at the newest revision after a create that broke at “%s”',
      async boundary => {
        for (const newer of [false, true]) {
          const delivery = new Delivery(bench, strategy)
          await delivery.breakOnce(boundary, strategy === 'upsert' ? 'PUT' : 'POST')
          if (newer) delivery.wanted = 2
          await delivery.settle()
          expectOneRecord(delivery)
          delivery.wanted = 3
          await delivery.settle()
          expectOneRecord(delivery)
        }
      },
    )

    it.each(BOUNDARIES)(
      'holds one record at the newest revision after an update that broke at “%s”',
      async boundary => {
        const delivery = new Delivery(bench, strategy)
        await delivery.settle()
        delivery.wanted = 2
        await delivery.breakOnce(boundary, 'PUT')
        delivery.wanted = 3
        await delivery.settle()
        expectOneRecord(delivery)
      },
    )

    it('survives every pair of breaks, with a newer revision after each', async () => {
      for (const first of BOUNDARIES)
        for (const second of BOUNDARIES) {
          const delivery = new Delivery(bench, strategy)
          for (const boundary of [first, second]) {
            await delivery.breakOnce(boundary)
            delivery.wanted += 1
          }
          await delivery.settle()
          expectOneRecord(delivery)
        }
    })

    it('survives any history of breaks and revisions', async () => {
      const step = fc.record({ boundary: fc.constantFrom(...BOUNDARIES, null), newer: fc.boolean() })
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), async steps => {
          const delivery = new Delivery(bench, strategy)
          for (const { boundary, newer } of steps) {
            if (boundary === null) await delivery.attempt()
            else await delivery.breakOnce(boundary)
            if (newer) delivery.wanted += 1
          }
          await delivery.settle()
          expectOneRecord(delivery)
        }),
        { numRuns: 25 },
      )
    })
  })
})

describe('the world around', () => {
  beforeEach(async () => {
    bench = await startBench()
  })
  afterEach(() => bench.stop())

  it.each(STRATEGIES)('reports an ERP that is down, and carries on when it is back (%s)', async strategy => {
    const delivery = new Delivery(bench, strategy)
    await bench.erp.down()
    expect(await delivery.attempt()).toMatchObject({ code: 'PARTNER_UNREACHABLE' })
    await bench.erp.up()
    await delivery.settle()
    await bench.erp.restart()
    delivery.wanted = 2
    await delivery.settle()
    expectOneRecord(delivery)
  })

  it.each(['upsert', 'search-then-create'] as const)(
    'makes a record again that someone deleted (%s)',
    async strategy => {
      const delivery = new Delivery(bench, strategy)
      await delivery.settle()
      bench.erp.remove('order', bench.erp.records('order')[0]!.id)
      for (const revision of [2, 3]) {
        delivery.wanted = revision
        await delivery.settle()
        expectOneRecord(delivery)
      }
    },
  )

  it('leaves a deleted record to a person where the ERP remembers its key', async () => {
    const delivery = new Delivery(bench, 'idempotency-key')
    await delivery.settle()
    bench.erp.remove('order', bench.erp.records('order')[0]!.id)
    delivery.wanted = 2
    expect(await delivery.attempt()).toMatchObject({ code: 'PARTNER_REFUSED', recovery: 'park' })
    expect(bench.erp.records('order')).toEqual([])
  })

  it('waits as long as a throttling ERP says', async () => {
    bench.erp.faults.retryAfter = 17
    bench.erp.failNext('throttle')
    expect(await new Delivery(bench, 'upsert').attempt()).toMatchObject({
      recovery: 'wait',
      retryAfterMs: 17_000,
    })
  })

  it('shows the count of what the ERP holds and was asked', async () => {
    await new Delivery(bench, 'search-then-create').settle()
    const state: unknown = await (await fetch(`${bench.baseUrl}/_state`)).json()
    expect(state).toEqual({
      resources: { order: { records: 1, writes: 1, duplicates: 0 } },
      requests: { 'GET 200': 1, 'POST 201': 1 },
    })
  })

  it('would show a duplicate', async () => {
    for (let i = 0; i < 2; i++)
      await bench.http.request({
        method: 'POST',
        url: `${bench.baseUrl}/order`,
        body: { key: 'acme:shop:1001', revision: 1 },
      })
    expect(bench.erp.state().resources['order']).toMatchObject({ records: 2, duplicates: 1 })
  })
})

it('fails by chance as often as it is told, and answers late where it is told', async () => {
  bench = await startBench({ random: () => 0.3, faults: { p500AfterStore: 0.5 } })
  const delivery = new Delivery(bench, 'upsert')
  expect(await delivery.attempt()).toMatchObject({ code: 'PARTNER_FAILED' })
  bench.erp.faults.p500AfterStore = 0.2
  await delivery.settle()
  bench.erp.faults.lateMs = 1
  bench.erp.failNext('timeout-after-store')
  expect((await bench.http.request({ method: 'GET', url: `${bench.baseUrl}/order?key=x` })).status).toBe(200)
  await bench.stop()
})

it('refuses who has no token', async () => {
  bench = await startBench({ token: 't' })
  expect(await new Delivery(bench, 'upsert').attempt()).toMatchObject({ code: 'UNAUTHORIZED' })
  await bench.stop()
})
