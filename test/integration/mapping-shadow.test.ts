import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createErpSimulator, type ErpSimulator } from '#connectors/erp/rest/simulator.ts'
import type { RestOrder } from '#connectors/storefronts/shopify/simulator.ts'
import type { Plan } from '#core/contracts/mapper.ts'
import type { StoredDocument } from '#core/contracts/store.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import { canonicalJson } from '#core/kernel/canonical-json.ts'
import type { ShadowReport } from '#core/sync/shadow-report.ts'
import { type ComposedEngine, composedEngine } from '#test/support/composed-engine.ts'
import { declaredHub } from '#test/support/declared.ts'
import { receiveOrders, shopOrders } from '#test/support/shop-orders.ts'

const ORDER = 'storefronts/shopify/order'
const ORDERS = 200
const shipped = await readFile(`mappings/${ORDER}.map.yaml`, 'utf8')

let hub: ComposedEngine
let erp: ErpSimulator
let orders: RestOrder[]

beforeAll(async () => {
  erp = createErpSimulator({ random: () => 1 })
  hub = await composedEngine(declaredHub({ baseUrl: await erp.listen(), secret: 's'.repeat(32) }))
  orders = shopOrders(ORDERS, hub.clock.now())
  await receiveOrders(hub, orders)
  await hub.drain()
}, 60_000)
afterAll(async () => {
  await hub.close()
  await erp.close()
})

/** The shipped mapping with one character put in, at a place that there is once. */
function changed(at: string, to: string): string {
  expect([shipped.split(at).length - 1, Math.abs(to.length - at.length) <= 1]).toEqual([1, true])
  return shipped.replace(at, to)
}

const shadow = (text: string, over: object = {}): Promise<ShadowReport> =>
  hub.shadow({
    mapping: ORDER,
    file: { path: `${ORDER}.map.yaml`, text },
    ...{ last: 1_000, signal: new AbortController().signal, ...over },
  })

/** By hand, without anything of the shadow run: which orders another text maps to something else, and to what. */
function affectedBy(text: string): Map<string, string> {
  const { mapper } = hub.catalogue
  const validator = createValidator(hub.schemas)
  const planOf = (text: string): Plan => mapper.compile({ path: `${ORDER}.map.yaml`, text }).plan!
  const outcomeOf = (plan: Plan, order: RestOrder): string => {
    const connection = { id: 'acme-shopify', tenant: 'acme', settings: { shop: 'acme.myshopify.com' } }
    const bindings = { topic: 'orders/create', headers: {}, connection }
    const result = mapper.run(plan, JSON.parse(JSON.stringify(order)), { bindings })
    if (!result.ok) return 'skipped' in result ? 'skipped' : 'problems'
    const { body } = result.output
    const fits = [...validator.validate('order', body), ...checkInvariants('order', body)].length === 0
    return fits ? canonicalJson(body) : 'problems'
  }
  const [before, after] = [planOf(shipped), planOf(text)]
  const affected = orders
    .map(order => [order, outcomeOf(after, order)] as const)
    .filter(([order, outcome]) => outcome !== outcomeOf(before, order))
  return new Map(
    affected.map(([order, outcome]) => [order.name, outcome.startsWith('{') ? 'changed' : outcome]),
  )
}

const reported = ({ documents }: ShadowReport) =>
  new Map(documents.map(({ number, outcome }) => [number, outcome]))

const sorted = (map: ReadonlyMap<unknown, string>) => [...map].sort()

async function stored(): Promise<StoredDocument[]> {
  return (await hub.base.store.documents.list({ resource: 'order' }, { limit: 1_000 })).items
}

const writes = () => erp.requests.filter(({ method }) => method === 'PUT' || method === 'POST').length

/** Of the order itself, not of its lines. */
const TAX_RATE = [
  '\n  taxes:\n    $each: tax_lines\n    title: $text(title)\n    rate: rate',
  '\n  taxes:\n    $each: tax_lines\n    title: $text(title)\n    rate: -rate',
] as const

describe('a money or tax rule that is changed by one character', () => {
  it.each([
    ['the rate of a tax', ...TAX_RATE],
    [
      'whose currency is another one',
      'presentment_currency != $currency',
      'presentment_currency = $currency',
    ],
    ['which discounts fall on no line', '$number($unallocated) > 0', '$number($unallocated) > 9'],
    [
      'how a line’s discounts are found',
      '?: ($number(total_discount ?: 0) > 0',
      '?: ($number(total_discount ?: 0) < 0',
    ],
  ] as [string, string, string][])('shows exactly the affected orders: %s', async (_, at, to) => {
    const text = changed(at, to)
    const affected = affectedBy(text)
    const report = await shadow(text)
    expect(sorted(reported(report))).toEqual(sorted(affected))
    expect(report).toMatchObject({
      ...{ mapping: ORDER, scope: '*', messages: ORDERS, compared: ORDERS, notCompared: [], more: 0 },
      ...{ changed: affected.size, unchanged: ORDERS - affected.size, outdated: 0 },
      writes: [...affected.values()].filter(outcome => outcome === 'changed').length,
    })
  })

  it('touches some orders and not others, and tells the leaf', async () => {
    const report = await shadow(changed(...TAX_RATE))
    expect(report.changed).toBeGreaterThan(0)
    expect(report.changed).toBeLessThan(ORDERS)
    expect(report.leaves).toEqual([{ pointer: '/taxes/*/rate', documents: report.changed }])
    const [first] = report.documents
    expect(first).toMatchObject({ outcome: 'changed', destinations: ['acme-erp'] })
    for (const { before, after } of first!.differences) expect(after).toBe(-Number(before))
  })

  it('shows nothing where another rule gives the same', async () => {
    const report = await shadow(changed('$money(total_tax, $currency) ?:', '$money(total_tax, $currency) ??'))
    expect([report.changed, report.unchanged, report.leaves]).toEqual([0, ORDERS, []])
  })

  it('writes nothing', async () => {
    const [before, sent] = [await stored(), writes()]
    await shadow(changed(...TAX_RATE))
    await hub.clock.advance(60_000)
    await hub.drain()
    expect(await stored()).toEqual(before)
    expect(writes()).toBe(sent)
  })
})

describe('publishing what the shadow run showed', () => {
  const cases = (order: RestOrder) =>
    JSON.stringify({ cases: [{ name: 'one', input: order, include: { number: order.name } }] })

  it('and replaying the range brings every document to the new state, with as many writes as were foretold', async () => {
    const text = changed(...TAX_RATE)
    const report = await shadow(text)
    const sent = writes()
    const admin = { id: 'key-1', role: 'admin' as const }
    const signal = new AbortController().signal
    await hub.publishing.publish({ mapping: ORDER, text, cases: cases(orders[0]!) }, admin)
    expect(await hub.replayRange({ mapping: ORDER, dryRun: true, signal }, admin)).toMatchObject({
      matched: ORDERS,
      replayed: 0,
    })
    const replayed = await hub.replayRange({ mapping: ORDER, signal }, admin)
    expect(replayed).toMatchObject({ matched: ORDERS, replayed: ORDERS, taken: [] })
    await hub.clock.advance(replayed.lastDueAt! - hub.clock.now())
    await hub.drain()
    const affected = new Set(report.documents.map(({ id }) => id))
    for (const { id, revision, body, mapping } of await stored()) {
      expect([id, revision]).toEqual([id, affected.has(id) ? 2 : 1])
      if (affected.has(id)) expect(mapping.overlays).toEqual(['*#1'])
      const rates = (body['taxes'] as { rate: number }[]).map(({ rate }) => rate)
      expect(rates.every(rate => rate < 0)).toBe(true)
    }
    expect(writes() - sent).toBe(report.writes)
    const again = await shadow(text)
    expect([again.changed, again.outdated, again.unchanged]).toEqual([0, 0, ORDERS])
  })
})
