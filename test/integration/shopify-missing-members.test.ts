import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Mapper, Plan } from '#core/contracts/mapper.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const CASES = `${MAPPINGS}/storefronts/shopify/cases`

const TOPICS: [prefix: string, topic: string][] = [
  ['order', 'orders/updated'],
  ['fulfillment', 'fulfillments/update'],
  ['refund', 'refunds/create'],
  ['product', 'products/update'],
]

const cases = TOPICS.flatMap(([prefix, topic]) =>
  readdirSync(CASES)
    .filter(file => file.startsWith(`${prefix}-`) || file === `${prefix}.json`)
    .filter(file => !file.includes('graphql'))
    .map(file => [file, topic] as const),
)

describe('a Shopify payload in which any one member is missing', () => {
  let mapper: Mapper
  let validator: Validator
  const planOf = new Map<string, Plan>()

  beforeAll(async () => {
    const schemas = await loadSchemas(MAPPINGS)
    validator = createValidator(schemas)
    mapper = createMapper({ schemas })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file => file.startsWith('storefronts/shopify/'))
    for (const [, topic] of TOPICS) planOf.set(topic, byTopic.get(`shopify ${topic}`)!)
  })

  it.each(cases)('%s is a document that fits, or the missing part is named', (file, topic) => {
    const payload: unknown = JSON.parse(readFileSync(`${CASES}/${file}`, 'utf8'))
    const found: string[] = []
    for (const { parent, key, path } of membersOf(payload)) {
      const value = parent[key]
      parent[key] = null
      found.push(...faults(payload, topic).map(fault => `${path} null: ${fault}`))
      if (!Array.isArray(parent)) {
        delete parent[key]
        found.push(...faults(payload, topic).map(fault => `${path} absent: ${fault}`))
      }
      parent[key] = value
    }
    expect(found).toEqual([])
  })

  /** A document that does not fit, or a failure that is not about what is missing. */
  function faults(payload: unknown, topic: string): string[] {
    const result = mapper.run(planOf.get(topic)!, payload, {
      bindings: { topic, headers: {}, connection: { settings: {} } },
    })
    if (result.ok)
      return validator.validate(planOf.get(topic)!.target!, result.output.body).map(({ message }) => message)
    const problems = 'problems' in result ? result.problems : []
    return problems.some(({ code }) => code === 'MAPPING_MISSING')
      ? []
      : problems.map(({ message }) => message)
  }
})

interface Member {
  parent: Record<string, unknown>
  key: string
  path: string
}

function membersOf(value: unknown, path = ''): Member[] {
  if (typeof value !== 'object' || value === null) return []
  const parent = value as Record<string, unknown>
  return Object.keys(parent).flatMap(key => [
    { parent, key, path: `${path}/${key}` },
    ...membersOf(parent[key], `${path}/${key}`),
  ])
}
