import type { JsonSchema } from '#core/contracts/connector.ts'
import type { CompileResult, Plan, RunContext, RunResult } from '#core/contracts/mapper.ts'
import { createMapper, type DescribingMapper } from '#core/mapping/mapper.ts'

const BASE = 'https://schemas.example'

const common: JsonSchema = {
  $id: `${BASE}/common/1`,
  $defs: {
    money: { type: 'string', pattern: '^-?[0-9]+' },
    address: {
      type: 'object',
      required: ['city'],
      additionalProperties: false,
      properties: {
        name: { type: 'string' },
        city: { type: 'string' },
        labels: { type: 'array', items: { type: 'string' } },
      },
    },
  },
}

/** A small order: every kind of leaf, a reference to another schema, arrays in arrays, an optional object with a required leaf. */
const order: JsonSchema = {
  $id: `${BASE}/order/1`,
  type: 'object',
  required: ['number', 'lines'],
  additionalProperties: false,
  properties: {
    number: { type: 'string' },
    status: { type: 'string', enum: ['open', 'closed'] },
    placedAt: { type: 'string' },
    paid: { type: 'boolean' },
    total: { $ref: '../common/1#/$defs/money' },
    weight: { type: ['number', 'null'] },
    count: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
    billing: { $ref: '../common/1#/$defs/address' },
    attributes: { type: 'object', additionalProperties: { type: 'string' } },
    lines: {
      type: 'array',
      items: {
        type: 'object',
        required: ['sku', 'price'],
        additionalProperties: false,
        properties: {
          sku: { type: 'string' },
          price: { $ref: '../common/1#/$defs/money' },
          quantity: { type: 'integer' },
          taxes: {
            type: 'array',
            items: {
              type: 'object',
              required: ['amount'],
              properties: { amount: { $ref: '../common/1#/$defs/money' } },
            },
          },
        },
      },
    },
  },
}

export const smallMapper = (): DescribingMapper => createMapper({ schemas: { common, order } })

const HEAD = 'version: 1\nconnector: shop\ntopics: [order]\ntarget: order\nidentity: id\n'

/** A mapping file: what is not given is as small as it can be. */
export const mappingText = (document: string, more = ''): string =>
  `${HEAD}${more ? `${more.trim()}\n` : ''}document:\n  number: '"1"'\n  lines: { $each: lines, sku: sku, price: price }\n${indented(document)}`

const indented = (text: string): string =>
  text
    .split('\n')
    .map(line => (line === '' ? line : `  ${line}`))
    .join('\n')

export const compileText = (text: string, mapper = smallMapper()): CompileResult =>
  mapper.compile({ path: 'kind/shop/order.map.yaml', text })

/** A compiled mapping that runs; what does not compile fails the test with its problems. */
export function planOf(text: string): {
  plan: Plan
  mapper: DescribingMapper
  run: (input: unknown, context?: RunContext) => RunResult
} {
  const mapper = smallMapper()
  const { plan, problems } = compileText(text, mapper)
  if (!plan) throw new Error(JSON.stringify(problems, null, 1))
  return { plan, mapper, run: (input, context) => mapper.run(plan, input, context) }
}

/** The body that a document makes of a record. */
export function bodyOf(text: string, input: object, context?: RunContext): Record<string, unknown> {
  const result = planOf(text).run({ id: 1, ...input }, context)
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result.output.body
}

/** Only what a test added beside the parts that every order has. */
export function partsOf(
  document: string,
  input: object,
  { more = '', context }: { more?: string; context?: RunContext } = {},
): Record<string, unknown> {
  const { number: _number, lines: _lines, ...rest } = bodyOf(mappingText(document, more), input, context)
  return rest
}
