import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { decode } from '#connectors/storefronts/shopify/decode.ts'
import type { ConnectorContext } from '#core/contracts/connector.ts'
import type { MappedDocument, Mapper, Plan, RunProblem } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

/** Payloads that become documents: file, topic, external ids. */
const DOCUMENTS: [file: string, topic: string, ids: string[]][] = [
  ['order-1.json', 'orders/updated', ['450789469']],
  ['order-2.json', 'orders/updated', ['450789469']],
  ['order-3.json', 'orders/create', ['1073459976']],
  ['order-4.json', 'orders/create', ['1073459980']],
  ['order-5.json', 'orders/fulfilled', ['1073459972']],
  ['order-6.json', 'orders/paid', ['1073459981']],
  ['order-7.json', 'orders/cancelled', ['450789469']],
  ['order-10.json', 'orders/cancelled', ['123456']],
  ['webhook-order-test-notification-1.json', 'orders/cancelled', ['820982911946154508']],
  // Its numbers were rounded by JavaScript; the global id still has every digit.
  ['webhook-order-test-notification-2.json', 'orders/fulfilled', ['820982911946154508']],
  ['webhook-orders-create-1.json', 'orders/create', ['5159806763157']],
  ['fulfillment-1.json', 'fulfillments/create', ['255858046']],
  ['fulfillment-2.json', 'fulfillments/update', ['1069019879']],
  ['refund-1.json', 'refunds/create', ['509562969']],
  ['refund-2.json', 'refunds/create', ['929361472']],
  ['webhook-refunds-create-1.json', 'refunds/create', ['1002961240349']],
  [
    'inventory-level-1.json',
    'inventory_levels/update',
    ['49148385@655441491', '808950810@655441491', '457924702@655441491', '39072856@655441491'],
  ],
  ['graphql-inventory-levels-1.json', 'graphql/inventory_level', ['48968085766281@87063199881']],
]

/** Payloads that cannot be documents: what is said about them, and why that is right. */
const PROBLEMS: { file: string; topic: string; code: string; says: RegExp[]; why: string }[] = [
  {
    file: 'order-8.json',
    topic: 'orders/updated',
    code: 'MAPPING_MISSING',
    says: [/\/currency/, /\/taxesIncluded/],
    why: 'asked for with fields=: four members of an order, without currency and lines',
  },
  {
    file: 'order-9.json',
    topic: 'orders/create',
    code: 'INVARIANT_MONEY',
    says: [/597\.00/, /608\.94/, /409\.94/, /199\.00/],
    why: 'three lines of 199.00 in an order whose total counts two of them',
  },
  {
    file: 'product-1.json',
    topic: 'products/update',
    code: 'MAPPING_MISSING',
    says: [/\/externalId/],
    why: 'a list of variants, which is no product: it has neither title nor status',
  },
  {
    file: 'graphql-return-1.json',
    topic: 'graphql/return',
    code: 'MAPPING_MISSING',
    says: [/\/currency/],
    why: 'a return that was asked for without its order, which alone names the currency',
  },
]

/** Answers that refuse, and what the refusal is. */
const REFUSALS: [file: string, topic: string, code: string][] = [
  ['graphql-error-access-denied-1.json', 'graphql/return', 'UNAUTHORIZED'],
]

/** Payloads of kinds that no mapping takes. */
const OTHER_KINDS =
  /^(draft-order|fulfillment-event|fulfillment-order|inventory-item|order-lineitem|order-shippingline|products-1\.csv)|\.headers\.json$/

const folder = fixturesDir() === null ? null : join(fixturesDir()!, 'shopify')
if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

suite('real payloads of Shopify', () => {
  let mapper: Mapper
  let validator: Validator
  let planFor: (topic: string) => Plan

  beforeAll(async () => {
    const schemas = await loadSchemas(MAPPINGS)
    validator = createValidator(schemas)
    mapper = createMapper({ schemas })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('storefronts/shopify/'))
    planFor = topic => byTopic.get(`shopify ${topic}`)!
  })

  it.each(DOCUMENTS)('%s is a document that fits and balances', async (file, topic, ids) => {
    const results = await translate(file, topic)
    expect(results.flatMap(({ problems }) => problems)).toEqual([])
    expect(results.map(({ document }) => document?.externalId)).toEqual(ids)
  })

  it.each(PROBLEMS)('$file is not one: $why', async ({ file, topic, code, says }) => {
    const problems = (await translate(file, topic)).flatMap(result => result.problems)
    const sentences = problems.map(({ message }) => message).join('\n')
    expect(problems.map(problem => problem.code)).toContain(code)
    for (const pattern of says) expect(sentences).toMatch(pattern)
  })

  it('stock by GraphQL has every state as the answer tells it', async () => {
    const [{ document }] = (await translate(
      'graphql-inventory-levels-1.json',
      'graphql/inventory_level',
    )) as [Result]
    const answer = JSON.parse(readFileSync(join(folder!, 'graphql-inventory-levels-1.json'), 'utf8'))
    const [{ node }] = answer.data.location.inventoryLevels.edges
    const told = (name: string): number =>
      node.quantities.find((one: { name: string }) => one.name === name).quantity
    expect(document!.body).toMatchObject({
      inventoryItemId: node.item.id.split('/').pop(),
      location: { externalId: node.location.id.split('/').pop(), name: node.location.name },
      available: told('available'),
      onHand: told('on_hand'),
      reserved: told('committed') + told('reserved'),
      incoming: told('incoming'),
      damaged: told('damaged'),
      qualityHold: told('quality_control'),
      safetyStock: told('safety_stock'),
    })
    expect(document!.body).not.toHaveProperty('sku')
  })

  it.each(REFUSALS)('%s is a refusal', async (file, topic, code) => {
    await expect(translate(file, topic)).rejects.toMatchObject({ code })
  })

  it('are all looked at', () => {
    const looked = [...[...DOCUMENTS, ...REFUSALS].map(([file]) => file), ...PROBLEMS.map(({ file }) => file)]
    expect(readdirSync(folder!).filter(file => !OTHER_KINDS.test(file) && !looked.includes(file))).toEqual([])
  })

  interface Result {
    document?: MappedDocument
    problems: RunProblem[]
  }

  async function translate(file: string, topic: string): Promise<Result[]> {
    const plan = planFor(topic)
    const records = await recordsOf(file, topic)
    return records.map(record => {
      const run = mapper.run(plan, record, {
        bindings: { topic, headers: {}, connection: { id: 'c', tenant: 't', settings: {} } },
      })
      if (!run.ok) return { problems: 'problems' in run ? run.problems : [] }
      const misfits = validator.validate(plan.target!, run.output.body)
      const problems = misfits.length > 0 ? misfits : checkInvariants(plan.target!, run.output.body)
      return { document: run.output, problems }
    })
  }

  async function recordsOf(file: string, topic: string): Promise<unknown[]> {
    const body = readFileSync(join(folder!, file))
    const decoded = await decode({ topic, dedupeKey: file, headers: {}, body, via: 'webhook' }, offline)
    if ('skip' in decoded) throw new Error(`${file} is skipped: ${decoded.skip}`)
    return decoded.records
  }
})

/** Whole payloads are decoded without asking the partner. */
const offline = { connection: { secrets: {} } } as unknown as ConnectorContext
