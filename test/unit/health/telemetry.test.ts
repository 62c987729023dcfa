import { describe, expect, it } from '@jest/globals'
import type { StatBucket } from '#core/contracts/store.ts'
import type { AttemptRecord } from '#core/contracts/telemetry.ts'
import { createLog } from '#core/health/log.ts'
import { createTelemetry } from '#core/health/telemetry.ts'
import { ManualClock } from '#core/kernel/clock.ts'

function harness() {
  const lines: Record<string, unknown>[] = []
  const rows: StatBucket[] = []
  const log = createLog('debug', { write: line => void lines.push(JSON.parse(line)) })
  const stats = { add: async (buckets: StatBucket[]) => void rows.push(...buckets) }
  const telemetry = createTelemetry({ log, clock: new ManualClock(), stats })
  const series = (name: string) => rows.filter(row => row.series === name)
  return { telemetry, lines, series }
}

const confirmed: AttemptRecord = {
  work: 'deliver',
  id: 'order:acme:shop:1>erp',
  tenant: 'acme',
  connection: 'erp',
  flow: 'orders',
  resource: 'order',
  phase: 'after-send',
  outcome: 'done',
  status: 201,
  ms: 12,
  latencyMs: 180,
  n: 1,
}

describe('telemetry', () => {
  it('makes one line, one metric and one bucket entry of the same attempt', async () => {
    const { telemetry, lines, series } = harness()
    telemetry.attempt(confirmed)
    await telemetry.flush()
    expect(lines).toEqual([expect.objectContaining({ level: 'info', event: 'attempt', ...confirmed })])
    const text = await telemetry.metricsText()
    expect(text).toContain('crossdock_attempts_total{work="deliver",connection="erp",outcome="done"} 1')
    expect(text).toContain('crossdock_flow_attempts_total{flow="orders",outcome="done"} 1')
    expect(text).toContain('crossdock_confirm_latency_seconds_sum{connection="erp"} 0.18')
    for (const name of ['connection:erp', 'flow:orders']) {
      expect(series(name)).toHaveLength(1)
      expect(series(name)[0]!.counts).toEqual({ confirmed: 1 })
    }
  })

  it.each([
    ['translate', 'done', 'translated', 'info'],
    ['translate', 'stale', 'stale', 'info'],
    ['deliver', 'waiting', 'waiting', 'info'],
    ['deliver', 'held', 'waiting', 'info'],
    ['deliver', 'PARTNER_THROTTLED', 'waiting', 'info'],
    ['deliver', 'PARTNER_FAILED', 'failed', 'warn'],
    ['deliver', 'UNAUTHORIZED', 'failed', 'warn'],
    ['deliver', 'never heard of', 'failed', 'warn'],
  ] as const)('counts %s %s as %s', async (work, outcome, name, level) => {
    const { telemetry, lines, series } = harness()
    telemetry.attempt({ ...confirmed, work, outcome, latencyMs: undefined })
    await telemetry.flush()
    expect(series('connection:erp')[0]!.counts).toEqual({ [name]: 1 })
    expect(lines[0]).toMatchObject({ level })
  })

  it('tells a refusal of one document from a failure of the partner', async () => {
    const { telemetry, series } = harness()
    telemetry.attempt({ ...confirmed, outcome: 'PARTNER_REFUSED', latencyMs: undefined })
    telemetry.attempt({ ...confirmed, outcome: 'PARTNER_FAILED', latencyMs: undefined })
    await telemetry.flush()
    expect(series('connection:erp')[0]!.counts).toEqual({ failed: 2, refused: 1 })
  })

  it('keeps the reason of a skip', async () => {
    const { telemetry, series } = harness()
    telemetry.attempt({ ...confirmed, work: 'translate', outcome: 'skipped', reason: 'TOPIC_IGNORED' })
    telemetry.attempt({ ...confirmed, work: 'translate', outcome: 'SOURCE_SKIPPED' })
    telemetry.attempt({
      ...confirmed,
      work: 'translate',
      outcome: 'skipped',
      reason: 'order 17 of jane@example.com',
    })
    await telemetry.flush()
    expect(series('connection:erp')[0]!.counts).toEqual({
      skipped: 3,
      'skipped:TOPIC_IGNORED': 1,
      'skipped:SOURCE_SKIPPED': 1,
      'skipped:UNNAMED': 1,
    })
  })

  it('counts as received only what was stored, and every dead letter', async () => {
    const { telemetry, series } = harness()
    telemetry.count('received_total', { connection: 'shop', via: 'webhook', result: 'stored' }, 2)
    telemetry.count('received_total', { connection: 'shop', via: 'webhook', result: 'duplicate' })
    telemetry.count('dead_letters_total', { connection: 'shop', code: 'MAPPING_MISSING' })
    await telemetry.flush()
    expect(series('connection:shop')[0]!.counts).toEqual({ received: 2, parked: 1 })
  })

  it('lets no label grow beyond its bound and no unregistered label in', async () => {
    const { telemetry } = harness()
    for (let i = 0; i < 1_200; i++)
      telemetry.count('webhooks_total', { connection: `stranger-${i}`, result: 'stored', order: `${i}` })
    const lines = (await telemetry.metricsText())
      .split('\n')
      .filter(line => line.startsWith('crossdock_webhooks_total{'))
    expect(lines).toHaveLength(1_001)
    expect(lines).toContain('crossdock_webhooks_total{connection="other",result="stored"} 200')
    expect(lines.join('')).not.toContain('order=')
  })

  it('says once that a metric is not in the register, and goes on', () => {
    const { telemetry, lines } = harness()
    telemetry.count('no_such_thing')
    telemetry.count('no_such_thing')
    telemetry.observe('neither', 3)
    expect(lines.map(line => line['metric'])).toEqual(['no_such_thing', 'neither'])
  })

  it('shares nothing with a second hub in the same process', async () => {
    const [one, two] = [harness(), harness()]
    one.telemetry.attempt(confirmed)
    expect(await two.telemetry.metricsText()).not.toContain('connection="erp"')
  })
})
