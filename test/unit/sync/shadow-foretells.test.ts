import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { StoredDocument } from '#core/contracts/store.ts'
import { MAPPING, type MappingHarness, mappingHarness, ORDER_MAP } from '../../support/mapping-harness.ts'

const orders = fc.array(
  fc.record({
    id: fc.constantFrom('1', '2', '3'),
    rev: fc.integer({ min: 1, max: 4 }),
    number: fc.constantFrom('#1', '#2', undefined),
    total: fc.constantFrom('1', '2', undefined),
    test: fc.constantFrom(true, false, false),
    lines: fc.constant([]),
  }),
  { minLength: 1, maxLength: 12 },
)

/** What was written and what is written instead. */
const changes: Record<string, [string, string]> = {
  'another total': ['$money(total, "EUR")', '$moneyMultiply(total, 2, "EUR")'],
  'a total of some': ['$money(total, "EUR")', 'total = "1" ? "9"'],
  'another identity': ['identity: id', 'identity: number'],
  'others left out': ['skip: test', 'skip: total = "2"'],
  'none left out': ['skip: test\n', ''],
  'a number for all': ['  number: number', '  number: id'],
  'a number for fewer': ['  number: number', '  number: total'],
  'another revision': ['revision: rev', 'revision: 5 - rev'],
}

async function hashes({ store }: MappingHarness): Promise<Map<string, string>> {
  const { items } = await store.documents.list({}, { limit: 1_000 })
  return new Map(items.map(({ id, hash }: StoredDocument) => [id, hash]))
}

async function publish(hub: MappingHarness, text: string): Promise<void> {
  const entry = { mapping: MAPPING, scope: '*' as const, text, cases: '', by: 'test', at: hub.clock.now() }
  await hub.store.mappings.publish(entry, 0)
  await hub.catalogue.refresh()
}

async function replay(hub: MappingHarness): Promise<void> {
  const signal = new AbortController().signal
  await hub.replayRange({ mapping: MAPPING, signal }, { id: 'key-1', role: 'admin' })
  await hub.clock.advance(60_000)
  await hub.drain()
}

const foretold = async (hub: MappingHarness, text: string) =>
  (await hub.shadow(text)).documents
    .filter(({ outcome }) => outcome === 'changed' || outcome === 'new')
    .map(({ id }) => id)
    .sort()

it.each(Object.entries(changes))(
  'a shadow run foretells which documents a replay changes, before and after publication: %s',
  async (_, [from, to]) => {
    expect(ORDER_MAP).toContain(from)
    const text = ORDER_MAP.replace(from, to)
    await fc.assert(
      fc.asyncProperty(orders, async received => {
        const hub = await mappingHarness()
        for (const order of received) await hub.receive(order)
        await hub.drain()
        const before = await hashes(hub)
        const early = await foretold(hub, text)
        await publish(hub, text)
        const late = await foretold(hub, text)
        await replay(hub)
        const after = await hashes(hub)
        await hub.close()
        const changed = [...after].filter(([id, hash]) => before.get(id) !== hash).map(([id]) => id)
        expect([early, late]).toEqual([changed.sort(), changed])
      }),
      { numRuns: 30, seed: 11 },
    )
  },
)
