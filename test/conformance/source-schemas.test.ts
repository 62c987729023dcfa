import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { CONNECTORS } from '#connectors/registry.ts'
import type { ConnectorContext } from '#core/contracts/connector.ts'
import type { Plan } from '#core/contracts/mapper.ts'
import { loadMappings, readSchemas } from '#core/mapping/load.ts'
import { createMapper, type DescribingMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const SHOPIFY = 'storefronts/shopify'
const CASES = join(MAPPINGS, SHOPIFY, 'cases')

/** Which mapping is meant for a payload, by the name of its file. */
const KINDS: readonly [RegExp, string, string][] = [
  [/^(order-\d|order-[a-z0-9-]+|webhook-orders?-.+)\.json$/, 'order', 'orders/create'],
  [/^fulfillment-(\d|packages)\.json$/, 'shipment', 'fulfillments/create'],
  [/^(refund-.+|webhook-refunds-create-\d)\.json$/, 'return', 'refunds/create'],
  [/^inventory-level-\d\.json$/, 'inventory', 'inventory_levels/update'],
  [/^product\.json$/, 'product', 'products/update'],
  [/^graphql-(cancelled|partly-shipped)\.json$/, 'order-graphql', 'graphql/order'],
]

/** Payloads that differ from what Shopify sends today, and why. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  // Asked for with `fields=created_at,id,name,total_price`.
  'order-8.json': ['/currency', '/financial_status', '/line_items', '/updated_at'].map(
    pointer => `vanished-field ${pointer}`,
  ),
}

/** Parts of a payload, not payloads. */
const FRAGMENTS = ['order-lineitem-1.json', 'order-shippingline-1.json']

describe('the source schemas', () => {
  let mapper: DescribingMapper
  let plans: readonly Plan[]

  beforeAll(async () => {
    const { schemas, sources } = await readSchemas(MAPPINGS)
    mapper = createMapper({ schemas, sources })
    plans = (await loadMappings(MAPPINGS, mapper)).plans
  })

  it('are named by every mapping of what comes in', () => {
    const incoming = plans.filter(({ target }) => target !== null)
    expect(incoming.filter(({ source }) => source === null).map(({ id }) => id)).toEqual([])
  })

  it.each(payloadsIn(CASES))('declare every field of the case $file', async payload => {
    expect(await driftOf(payload)).toEqual(EXPECTED[payload.file] ?? [])
  })

  const fixtures = fixturesDir()
  if (!fixtures) console.warn('Real payloads are not checked: there is no folder of fixtures.')
  else
    it.each(payloadsIn(join(fixtures, 'shopify')))('declare every field of the real $file', async payload => {
      expect(await driftOf(payload)).toEqual(EXPECTED[payload.file] ?? [])
    })

  async function driftOf({ path, name, topic }: Payload): Promise<string[]> {
    const plan = plans.find(({ id }) => id === `${SHOPIFY}/${name}`)!
    const detect = mapper.driftDetector(plan)!
    const { decode } = CONNECTORS.find(({ manifest }) => manifest.id === 'shopify')!
    const message = { topic, body: readFileSync(path), headers: {}, dedupeKey: 'k', via: 'webhook' }
    // Without a token nothing is fetched back: the payload is looked at as it came.
    const connection = { secrets: {} } as ConnectorContext['connection']
    const decoded = await decode!(message, { connection } as ConnectorContext)
    if ('skip' in decoded) throw new Error(`${path} is skipped: ${decoded.detail}`)
    const found = decoded.records.flatMap(detect)
    return [...new Set(found.map(({ kind, pointer, value }) => `${kind} ${pointer} ${value}`.trim()))].sort()
  }
})

interface Payload {
  file: string
  path: string
  name: string
  topic: string
}

function payloadsIn(folder: string): Payload[] {
  return readdirSync(folder)
    .filter(file => !FRAGMENTS.includes(file))
    .flatMap(file => {
      const kind = KINDS.find(([pattern]) => pattern.test(file))
      return kind ? [{ file, path: join(folder, file), name: kind[1], topic: kind[2] }] : []
    })
}
