import { describe, expect, it } from '@jest/globals'
import { limits } from '#connectors/storefronts/shopify/limits.ts'
import { connection, SHOP } from './context.ts'

const request = (body: unknown) =>
  limits.price({ method: 'POST', url: `https://${SHOP}/admin/api/2026-10/graphql.json`, body })
const read = (body: unknown) => limits.read!({ status: 200, headers: {}, body })
const cost = (actualQueryCost: number | null) => ({
  requestedQueryCost: 250,
  actualQueryCost,
  throttleStatus: { maximumAvailable: 20_000, currentlyAvailable: 900, restoreRate: 1_000 },
})

describe('the limits of a shop', () => {
  it('count by shop, not by connection', () => {
    expect(limits.account!(connection())).toBe(SHOP)
  })

  it('price by the name of the operation', () => {
    expect(request({ query: '\nquery CrossdockOrders($first: Int!) { shop { id } }' })).toMatchObject({
      bucket: 'points',
      operation: 'CrossdockOrders',
    })
    expect(request({ query: 'mutation Subscribe { x }' })).toMatchObject({ operation: 'Subscribe', cost: 10 })
  })

  it.each([[undefined], [{}], [{ query: '{ shop { id } }' }]])('count nothing for %p', body => {
    expect(request(body)).toBeNull()
  })

  it('learn price, charge, what is left and the plan from an answer', () => {
    expect(read({ data: {}, extensions: { cost: cost(80) } })).toEqual({
      price: 250,
      charged: 80,
      available: 900,
      capacity: 20_000,
      refillPerSecond: 1_000,
    })
  })

  it('give a throttled call back whole: it cost nothing', () => {
    expect(read({ errors: [], extensions: { cost: cost(null) } })).toMatchObject({ charged: 0 })
  })

  it.each([['text'], [null], [{ errors: 'no' }]])('learn nothing from %p', body => {
    expect(read(body)).toEqual({})
  })
})
