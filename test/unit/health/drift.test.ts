import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Plan } from '#core/contracts/mapper.ts'
import type { DriftFinding, Store } from '#core/contracts/store.ts'
import { maskPersonal } from '#core/deadletter/mask.ts'
import { createDriftWatch, type DriftSource, type DriftWatch, type FoundDrift } from '#core/health/drift.ts'
import { SeriesFindings } from '#core/health/drift-findings.ts'
import { createLog } from '#core/health/log.ts'
import { createTelemetry } from '#core/health/telemetry.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'

const AT = Date.UTC(2026, 0, 15, 12)
const plan = { id: 'storefronts/shopify/order' } as Plan

const source = (given: { connection?: string; topic?: string; message?: string; at?: number } = {}) =>
  ({
    message: {
      id: given.message ?? 'm1',
      topic: given.topic ?? 'orders/create',
      receivedAt: given.at ?? AT,
    },
    connection: { id: given.connection ?? 'shop', tenant: 'acme' },
    plan,
  }) satisfies DriftSource

const newField = (pointer: string, sample: unknown = 'x'): FoundDrift => ({
  ...{ kind: 'new-field', value: '' },
  pointer,
  sample,
})

let store: Store
let watch: DriftWatch
let lines: Record<string, unknown>[]
let text: () => Promise<string>

/** The store refuses this many additions. */
let refusals: number
/** Detectors made. */
let made: number

beforeEach(() => {
  store = openSqliteStore({ url: ':memory:', engine: true })
  lines = []
  refusals = 0
  made = 0
  const log = createLog('debug', { write: line => void lines.push(JSON.parse(line)) })
  const telemetry = createTelemetry({ log, clock: new ManualClock(), stats: store.stats })
  text = () => telemetry.metricsText()
  watch = createDriftWatch({
    // The record is what its detector finds.
    mapper: {
      driftDetector() {
        made++
        return record => record as FoundDrift[]
      },
    },
    store: {
      drift: {
        list: store.drift.list,
        async add(findings) {
          if (refusals-- > 0) throw new Error('away')
          await store.drift.add(findings)
        },
      },
    },
    telemetry,
    mask: maskPersonal,
  })
})
afterEach(() => store.close())

const stored = async (): Promise<DriftFinding[]> => (await store.drift.list({}, { limit: 1_000 })).items
const told = () => lines.filter(({ msg }) => msg === 'source drift')

describe('the drift watch', () => {
  it('counts a finding per connection and topic, with the times of receipt and the newest message', async () => {
    watch.observe(source({ message: 'm1' }), [newField('/gift')])
    watch.observe(source({ message: 'm3', at: AT + 2 }), [newField('/gift')])
    watch.observe(source({ message: 'm2', at: AT + 1 }), [newField('/gift')])
    watch.observe(source({ topic: 'orders/updated' }), [newField('/gift')])
    watch.observe(source({ connection: 'market' }), [newField('/gift')])
    await watch.flush()
    const found = (await stored()).map(({ connection, topic, count }) => `${connection} ${topic} ${count}`)
    expect(found.toSorted()).toEqual([
      'market orders/create 1',
      'shop orders/create 3',
      'shop orders/updated 1',
    ])
    expect((await store.drift.list({ connection: 'shop', topic: 'orders/create' })).items).toMatchObject([
      { tenant: 'acme', firstAt: AT, lastAt: AT + 2, message: 'm3', value: '' },
    ])
  })

  it('says once that something is new, also across flushes and restarts, and again after it was cleared', async () => {
    const seen = async () => {
      watch.observe(source(), [newField('/gift')])
      await watch.flush()
    }
    await seen()
    await seen()
    expect(told()).toEqual([
      expect.objectContaining({ level: 'warn', connection: 'shop', kind: 'new-field', pointer: '/gift' }),
    ])
    expect(await text()).toContain('crossdock_drift_total{connection="shop",kind="new-field"} 1')
    await store.drift.clear({})
    await seen()
    expect(told()).toHaveLength(2)
  })

  it('keeps everything when the store is away, together with what came in between', async () => {
    refusals = 1
    watch.observe(source(), [newField('/gift')])
    const failing = watch.flush()
    watch.observe(source(), [newField('/gift'), newField('/other')])
    await expect(failing).rejects.toThrow('away')
    expect(told()).toEqual([])
    await watch.flush()
    const counts = (await stored()).map(({ pointer, count }) => `${pointer} ${count}`)
    expect(counts.toSorted()).toEqual(['/gift 2', '/other 1'])
    expect(told()).toHaveLength(2)
  })

  it('writes each finding once, however often it is flushed', async () => {
    watch.observe(source(), [newField('/gift')])
    await Promise.all([watch.flush(), watch.flush()])
    await watch.flush()
    expect(await stored()).toMatchObject([{ count: 1 }])
  })

  it('holds and stores at most a thousand per connection and topic, and counts the rest together', async () => {
    const many = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => newField(`/field_${from + index}`))
    watch.observe(source(), many(0, 600))
    await watch.flush()
    watch.observe(source(), many(300, 1_500))
    refusals = 1
    await expect(watch.flush()).rejects.toThrow('away')
    await watch.flush()
    const findings = await stored()
    expect(findings.length).toBeLessThanOrEqual(1_000)
    expect(findings.reduce((sum, { count }) => sum + count, 0)).toBe(1_800)
    expect(findings.find(({ pointer }) => pointer === '/…')).toMatchObject({ count: 504, sample: '' })
  })

  it.each<[string, FoundDrift, Partial<DriftFinding>]>([
    ['hides what stands in a field that may be personal', newField('/note', 'Call Ada'), { sample: '•••' }],
    [
      'names the type that was found, and hides the value',
      { kind: 'type-change', pointer: '/note', value: 'number', sample: 4711 },
      { value: 'number', sample: '•••' },
    ],
    ['shows what stands in a field that never is', newField('/tip_total', '3.50'), { sample: '3.50' }],
    [
      'masks member by member',
      newField('/gift', { quantity: 2, from: 'Ada', to: { email: 'ada@example.com' } }),
      { sample: '{"quantity":2,"from":"•••","to":{"email":"•••"}}' },
    ],
    ['names an array’s field by the array', newField('/lines/*/vat_ids/*', '1'), { sample: '•••' }],
    ['cuts a long sample', newField('/gateway_status', 'x'.repeat(5_000)), { sample: 'x'.repeat(200) }],
    [
      'cuts a large one',
      newField('/gift', Object.fromEntries(['a', 'b', 'c'].map(name => [`${name}_id`, 'x'.repeat(150)]))),
      { sample: `{"a_id":"${'x'.repeat(150)}","b_id":"${'x'.repeat(31)}` },
    ],
    [
      'leaves the sample of a vanished field empty',
      { kind: 'vanished-field', pointer: '/currency', value: '', sample: undefined },
      { sample: '' },
    ],
    [
      'names a new value',
      { kind: 'new-value', pointer: '/status', value: 'on_hold', sample: 'on_hold' },
      { value: 'on_hold', sample: 'on_hold' },
    ],
    [
      'hides a new value that is no word of an enum',
      { kind: 'new-value', pointer: '/status', value: 'ada@example.com', sample: 'ada@example.com' },
      { value: '•••', sample: '•••' },
    ],
    [
      'cuts a long new value',
      { kind: 'new-value', pointer: '/status', value: 'a'.repeat(90), sample: 'a' },
      { value: 'a'.repeat(60) },
    ],
    [
      'hides keys of maps that are data',
      newField('/contacts/ada@example.com/opted_in', true),
      { pointer: '/contacts/•••/opted_in', sample: 'true' },
    ],
  ])('%s', async (_promise, found, expected) => {
    watch.observe(source(), [found])
    await watch.flush()
    expect(await stored()).toMatchObject([expected])
    expect(JSON.stringify(lines)).not.toMatch(/ada/i)
  })

  it('holds no more than that in memory while the store is away', () => {
    const held = new SeriesFindings()
    for (let n = 0; n < 3_000; n++)
      held.add({
        ...{ tenant: 'acme', connection: 'shop', topic: 'orders', message: 'm1', sample: n },
        ...{ kind: 'new-field', pointer: `/field_${n}`, value: '', count: 1, firstAt: AT, lastAt: AT },
      })
    expect(held.all.length).toBeLessThanOrEqual(1_000)
    expect(held.all.reduce((sum, { count }) => sum + count, 0)).toBe(3_000)
  })

  it('makes one detector per plan, and gives a failing one up instead of failing the work', async () => {
    watch.observe(source(), [])
    watch.observe(source(), [])
    expect(made).toBe(1)
    watch.observe(source(), 'not a list of findings')
    watch.observe(source(), [newField('/gift')])
    await watch.flush()
    expect(await stored()).toEqual([])
    expect(lines).toMatchObject([{ msg: 'drift is no longer watched', mapping: plan.id }])
  })
})
