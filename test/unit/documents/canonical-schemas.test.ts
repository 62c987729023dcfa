import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonSchema } from '#core/contracts/connector.ts'
import { canonicalSchemas } from './canonical-schemas.ts'

type Node = Record<string, unknown>

const schemas = canonicalSchemas()
const PII = ['name', 'email', 'phone', 'address', 'ip', 'tax-id', 'free-text']

/** Fields that by their name hold what identifies a person or what people type. */
const PERSONAL =
  /^(firstName|lastName|email|phone|line[123]|city|postalCode|browserIp|taxId|note|giftMessage|reasonText)$/

describe.each(Object.entries(schemas))('the canonical schema %s', (name, schema) => {
  it('has a stable id, a version and says what it is', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `https://crossdock.dev/schemas/${name}/${schema['version']}`,
      title: expect.stringMatching(/\w/),
      description: expect.stringMatching(/\.$/),
    })
  })

  it('is a schema: the hub compiles it without asking again', () => {
    const ajv = new Ajv2020({ strict: false })
    expect([ajv.validateSchema(schema), ajv.errors ?? []]).toEqual([true, []])
  })

  it('is closed: no object takes unknown fields but the open map of attributes', () => {
    const open = objectsOf(schema).filter(({ node }) => node['additionalProperties'] !== false)
    expect(open.map(({ path }) => path)).toEqual(name === 'common' ? ['/$defs/attributes'] : [])
  })

  it('names and describes every field', () => {
    const unnamed = fieldsOf(schema).filter(
      ({ node }) => !node['title'] || !/\.$/.test(String(node['description'])),
    )
    expect(unnamed.map(({ path }) => path)).toEqual([])
  })

  it('classifies every field that holds personal data', () => {
    const fields = fieldsOf(schema)
    const classes = fields.filter(({ node }) => 'x-pii' in node && !PII.includes(String(node['x-pii'])))
    const missed = fields.filter(
      ({ path, node }) =>
        PERSONAL.test(path.split('/').at(-1)!) && !('x-pii' in node) && !path.includes('/event/'),
    )
    expect({ classes, missed: missed.map(({ path }) => path) }).toEqual({ classes: [], missed: [] })
  })
})

interface Found {
  path: string
  node: Node
}

const objectsOf = (schema: JsonSchema): Found[] =>
  walk(schema, '').filter(({ node }) => node['type'] === 'object')

const fieldsOf = (schema: JsonSchema): Found[] =>
  objectsOf(schema).flatMap(({ path, node }) =>
    Object.entries((node['properties'] ?? {}) as Record<string, Node>).map(([key, field]) => ({
      path: `${path}/${key}`,
      node: field,
    })),
  )

function walk(node: unknown, path: string): Found[] {
  if (typeof node !== 'object' || node === null) return []
  const below = Object.entries(node).flatMap(([key, member]) => walk(member, `${path}/${key}`))
  return [{ path, node: node as Node }, ...below]
}
