import { describe, expect, it } from '@jest/globals'
import { createMapper } from '#core/mapping/mapper.ts'

const mapper = createMapper({ schemas: { any: { type: 'object', additionalProperties: true } } })

const planOf = (n: number) => {
  const text = `version: ${n}\nconnector: x\ntopics: [a]\ntarget: any\nidentity: id\ndocument: { n: '"${n}"', a: a }\n`
  const { plan } = mapper.compile({ path: `x/${n}.map.yaml`, text })
  if (!plan) throw new Error('It has problems.')
  return plan
}

describe('plans', () => {
  it('run the same however many were compiled since, and again', () => {
    const plans = Array.from({ length: 100 }, (_, n) => planOf(n + 1))
    for (const plan of [...plans, ...plans])
      expect(mapper.run(plan, { id: 'i', a: 'b' })).toMatchObject({
        output: { externalId: 'i', body: { n: String(plan.version), a: 'b' } },
      })
    expect(mapper.describe(plans[0]!)).toHaveLength(3)
  })

  it('of another mapper are refused by name', () => {
    const other = createMapper({ schemas: {} })
    expect(() => other.run(planOf(1), {})).toThrow('Plan x/1 was compiled by another mapper.')
  })
})
