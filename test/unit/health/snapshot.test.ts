import { describe, expect, it } from '@jest/globals'
import type { Backlog } from '#core/contracts/store.ts'
import { emptyLatency, latencyBucket } from '#core/health/latency.ts'
import { minuteOf } from '#core/health/minute-buckets.ts'
import { createHealth } from '#core/health/snapshot.ts'
import { healthSources } from '#test/support/health-sources.ts'

type Row = Backlog['rows'][number]
const row = (kind: Row['kind'], connection: string, state: string, count: number, oldestAt = 1): Row => ({
  kind,
  connection,
  state,
  count,
  oldestAt,
})

const latencyOf = (ms: number, count: number): number[] => {
  const counts = emptyLatency()
  counts[latencyBucket(ms)] = count
  return counts
}

describe('the health snapshot', () => {
  it('accounts for every message and every delivery', async () => {
    const { options, state } = healthSources()
    state.rows = [
      row('message', 'shop', 'done', 90),
      row('message', 'shop', 'skipped', 4),
      row('message', 'shop', 'stale', 3),
      row('message', 'shop', 'dead', 2),
      row('message', 'shop', 'pending', 1, 500),
      row('message', 'other', 'done', 10),
      row('delivery', 'erp', 'confirmed', 80),
      row('delivery', 'erp', 'waiting', 5, 400),
      row('delivery', 'erp', 'held', 1, 600),
      row('delivery', 'erp', 'dead', 3),
    ]
    Object.assign(state, { open: 5, documents: 88 })
    const { accounting, totals, connections } = await createHealth(options).snapshot()
    expect(accounting).toEqual({
      received: 110,
      done: 100,
      skipped: 4,
      skippedBy: {},
      stale: 3,
      dead: 2,
      held: 0,
      discarded: 0,
      pending: 1,
      documents: 88,
      confirmed: 80,
      undelivered: 6,
      lost: 0,
    })
    expect(totals).toEqual({
      received: 110,
      documents: 88,
      confirmed: 80,
      pending: 7,
      deadLetters: 5,
      lost: 0,
      oldestPendingAt: 400,
    })
    expect(
      connections.map(({ id, backlog, deadLetters, oldestPendingAt }) => [
        id,
        backlog,
        deadLetters,
        oldestPendingAt,
      ]),
    ).toEqual([
      ['shop', 1, 2, 500],
      ['erp', 6, 3, 400],
      ['other', 0, 0, null],
    ])
  })

  it('names as lost what is dead without a letter or in an unknown state, once it is seen twice', async () => {
    const { options, state, clock } = healthSources()
    const health = createHealth(options)
    expect((await health.snapshot()).totals.lost).toBe(0)
    state.rows = [row('message', 'shop', 'dead', 2), row('delivery', 'erp', 'forgotten', 1)]
    state.open = 1
    await clock.advance(1_000)
    expect((await health.snapshot()).totals.lost).toBe(0)
    await clock.advance(1_000)
    const snapshot = await health.snapshot()
    expect(snapshot.totals.lost).toBe(2)
    expect(snapshot).toMatchObject({ status: 'down', summary: '2 messages are unaccounted for.' })
  })

  it('shows rates and latency of the last hour by connection and flow', async () => {
    const { options, state, clock } = healthSources()
    const minute = minuteOf(clock.now())
    state.stats = [
      {
        minute: minute - 60 * 60_000,
        series: 'connection:shop',
        counts: { received: 99 },
        latency: emptyLatency(),
      },
      {
        minute: minute - 60_000,
        series: 'connection:shop',
        counts: { received: 7, skipped: 2, 'skipped:TOPIC_IGNORED': 2 },
        latency: emptyLatency(),
      },
      { minute, series: 'connection:erp', counts: { confirmed: 4, failed: 1 }, latency: latencyOf(90, 4) },
      { minute, series: 'flow:orders', counts: { confirmed: 4 }, latency: latencyOf(90, 4) },
    ]
    const { connections, flows, rates, latency, latencyTrend, accounting, firstMinute } =
      await createHealth(options).snapshot()
    const [shop, erp] = connections
    expect(firstMinute).toBe(minute - 59 * 60_000)
    expect(shop!.rates.received.slice(-3)).toEqual([0, 7, 0])
    expect(shop!.lastReceivedAt).toBe(minute - 60_000)
    expect(erp!.rates).toMatchObject({
      confirmed: expect.arrayContaining([4]),
      failed: expect.arrayContaining([1]),
    })
    expect(erp!.latency.p95).toBeGreaterThan(75)
    expect(erp!.lastConfirmedAt).toBe(minute)
    expect(rates.received.reduce((a, b) => a + b)).toBe(7)
    expect(latency).toEqual(erp!.latency)
    expect(latencyTrend.p50.slice(-2)).toEqual([null, erp!.latency.p50])
    expect(flows[0]).toMatchObject({ id: 'orders', status: 'ok', reason: '4 confirmed in the last hour.' })
    expect(accounting.skippedBy).toEqual({ TOPIC_IGNORED: 2 })
  })

  it('does not call a partner unwell for documents that it refused', async () => {
    const { options, state, clock } = healthSources()
    const row = { minute: minuteOf(clock.now()), latency: emptyLatency() }
    state.stats = [
      { ...row, series: 'connection:erp', counts: { confirmed: 2, failed: 5, refused: 5 } },
      { ...row, series: 'flow:orders', counts: { confirmed: 2, failed: 5, refused: 5 } },
    ]
    const { connections, flows } = await createHealth(options).snapshot()
    expect(connections[1]).toMatchObject({ status: 'ok', rates: { failed: expect.arrayContaining([5]) } })
    expect(flows[0]!.status).toBe('ok')
  })

  it('says nothing of settings and secrets', async () => {
    const { options } = healthSources()
    const text = JSON.stringify(await createHealth(options).snapshot())
    expect(text).not.toContain('S3CRET')
    expect(text).not.toContain('private.example')
  })

  it('shows a tenant only what is its own', async () => {
    const { options, state } = healthSources()
    state.rows = [row('message', 'shop', 'done', 5), row('message', 'other', 'done', 7)]
    const snapshot = await createHealth(options).snapshot('globex')
    expect(snapshot.connections.map(connection => connection.id)).toEqual(['other'])
    expect(snapshot.flows).toEqual([])
    expect(snapshot.totals.received).toBe(7)
  })

  it('marks a resting connection with the time of its next try', async () => {
    const { options, clock } = healthSources()
    const until = clock.now() + 30_000
    const breakers = { openUntil: (id: string) => (id === 'erp' ? until : null) }
    const { connections, flows } = await createHealth({ ...options, breakers }).snapshot()
    expect(connections[1]).toMatchObject({ circuit: 'open', circuitUntil: until, status: 'down' })
    expect(flows[0]!.status).toBe('down')
  })

  it('is computed once a second, however many ask', async () => {
    const { options, state, clock } = healthSources()
    const health = createHealth(options)
    await Promise.all(Array.from({ length: 50 }, () => health.snapshot()))
    await clock.advance(999)
    await health.snapshot()
    expect(state.calls).toBe(1)
    await clock.advance(1)
    await health.snapshot()
    expect(state.calls).toBe(2)
  })

  it('asks again after a failure', async () => {
    const { options, state } = healthSources()
    const list = options.directory.list
    options.directory = { list: () => Promise.reject(new Error('away')) }
    const health = createHealth({ ...options, directory: { list: () => options.directory.list() } })
    await expect(health.snapshot()).rejects.toThrow('away')
    options.directory = { list }
    expect((await health.snapshot()).connections).toHaveLength(3)
    expect(state.calls).toBe(1)
  })

  it('reads the closed minutes of the hour only once', async () => {
    const { options, state, clock } = healthSources()
    const health = createHealth(options)
    await health.snapshot()
    const first = state.reads.length
    await clock.advance(1_000)
    await health.snapshot()
    expect(state.reads.length).toBe(first + 1)
    expect(state.reads.at(-1)).toBe(minuteOf(clock.now()) - 3 * 60_000)
  })

  it('tells listeners every second until they leave', async () => {
    const { options, clock } = healthSources()
    const seen: number[] = []
    const stop = createHealth(options).onSnapshot(snapshot => seen.push(snapshot.generatedAt))
    const start = clock.now()
    await clock.advance(2_000)
    stop()
    await clock.advance(5_000)
    expect(seen).toEqual([start, start + 1_000, start + 2_000])
  })
})

describe('the reliability report', () => {
  it('sums what lies between two times, and knows no rate where nothing ended', async () => {
    const { options, state, clock } = healthSources()
    const minute = minuteOf(clock.now())
    state.open = 3
    state.stats = [0, 1, 2].map(hour => ({
      minute: minute - hour * 3_600_000,
      series: 'connection:erp',
      counts: { confirmed: 49, parked: 1, failed: 5 },
      latency: latencyOf(90, 49),
    }))
    const report = await createHealth(options).report({ from: minute - 3_600_000, to: minute + 60_000 })
    expect(report).toMatchObject({
      confirmed: 98,
      parked: 2,
      failed: 10,
      successRate: 0.98,
      deadLettersOpen: 3,
    })
    expect(report.connections.find(connection => connection.id === 'erp')).toMatchObject({
      confirmed: 98,
      successRate: 0.98,
    })
    expect(report.connections.find(connection => connection.id === 'shop')).toMatchObject({
      successRate: null,
      latency: { p50: null },
    })
  })
})
