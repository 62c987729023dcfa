import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Mapper, Plan } from '#core/contracts/mapper.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))
const CASES = `${MAPPINGS}/storefronts/bigcommerce/cases`
const TOPICS: Readonly<Record<string, string>> = {
  order: 'rest/order',
  shipment: 'store/shipment/created',
  return: 'store/order/refund/created',
  inventory: 'rest/stock',
  product: 'rest/product',
}

describe('a BigCommerce payload in which any one member is missing', () => {
  let mapper: Mapper
  let validator: Validator
  let planOf: (topic: string) => Plan

  beforeAll(async () => {
    const schemas = await loadSchemas(MAPPINGS)
    validator = createValidator(schemas)
    mapper = createMapper({ schemas })
    const { byTopic } = await loadMappings(MAPPINGS, mapper, file =>
      file.startsWith('storefronts/bigcommerce/'),
    )
    planOf = topic => byTopic.get(`bigcommerce ${topic}`)!
  })

  it.each(readdirSync(CASES))('%s is a document that fits, or the missing part is named', file => {
    const topic = TOPICS[file.split(/[-.]/)[0]!]!
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
    const plan = planOf(topic)
    const result = mapper.run(plan, payload, {
      bindings: { topic, headers: {}, connection: { settings: { weightUnit: 'kg' } } },
    })
    if (result.ok) return validator.validate(plan.target!, result.output.body).map(({ message }) => message)
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
