import { describe, expect, it } from '@jest/globals'
import {
  bucketHeaders,
  costExtension,
  credits,
  priceByRoute,
  pricePerCall,
  rateHeader,
  retryAfterMs,
  usedOfHeader,
} from '#connectors/sdk/index.ts'
import type { HttpRequest } from '#core/contracts/connector.ts'

const headers = (named: Record<string, string>) => ({ status: 200, headers: named, body: '' })
const body = (value: unknown) => ({ status: 200, headers: {}, body: value })

describe('bucketHeaders', () => {
  const bigcommerce = bucketHeaders({
    remaining: 'x-rate-limit-requests-left',
    capacity: 'x-rate-limit-requests-quota',
    windowMs: 'x-rate-limit-time-window-ms',
  })

  it('learns size, refill and rest (BigCommerce)', () => {
    const answer = headers({
      'x-rate-limit-requests-left': '149',
      'x-rate-limit-requests-quota': '150',
      'x-rate-limit-time-window-ms': '30000',
    })
    expect(bigcommerce(answer)).toEqual({ available: 149, capacity: 150, refillPerSecond: 5 })
  })

  it('learns nothing from an answer without them (Square), and never a 0 from nonsense', () => {
    expect(bigcommerce(headers({}))).toEqual({})
    expect(
      bigcommerce(headers({ 'x-rate-limit-requests-left': 'many', 'x-rate-limit-requests-quota': '' })),
    ).toEqual({})
  })

  it('reads windows in seconds, what is used, and a limit followed by its policy', () => {
    const read = bucketHeaders({ used: 'used', capacity: 'ratelimit-limit', windowSeconds: 'window' })
    expect(read(headers({ used: '4', 'ratelimit-limit': '100, 100;w=60', window: '60' }))).toEqual({
      available: 96,
      capacity: 100,
      refillPerSecond: 100 / 60,
    })
  })
})

it('rateHeader learns the plan of the account (Amazon)', () => {
  const read = rateHeader('x-amzn-ratelimit-limit')
  expect(read(headers({ 'x-amzn-ratelimit-limit': '0.0167' }))).toEqual({ refillPerSecond: 0.0167 })
  expect(read(headers({ 'x-amzn-ratelimit-limit': '0' }))).toEqual({})
  expect(read(headers({}))).toEqual({})
})

it('usedOfHeader reads used and capacity', () => {
  expect(usedOfHeader('calls')(headers({ calls: '32/40' }))).toEqual({ available: 8, capacity: 40 })
  expect(usedOfHeader('calls')(headers({ calls: 'x' }))).toEqual({})
})

describe('costExtension', () => {
  const throttleStatus = { maximumAvailable: 2000, currentlyAvailable: 1954, restoreRate: 100 }

  it('learns prices and the bucket (Shopify)', () => {
    const cost = { requestedQueryCost: 101, actualQueryCost: 46, throttleStatus }
    expect(costExtension(body({ extensions: { cost } }))).toEqual({
      price: 101,
      charged: 46,
      available: 1954,
      capacity: 2000,
      refillPerSecond: 100,
    })
  })

  it('knows that a throttled query was charged nothing', () => {
    const cost = { requestedQueryCost: 101, actualQueryCost: null, throttleStatus }
    expect(costExtension(body({ extensions: { cost } })).charged).toBe(0)
    expect(costExtension(body('text'))).toEqual({})
  })
})

it('credits are read from where they stand (ShipHero)', () => {
  const read = credits({
    charged: '/extensions/cost',
    available: '/extensions/left',
    capacity: '/extensions/max',
  })
  expect(read(body({ extensions: { cost: 21, left: '3983', max: null } }))).toEqual({
    charged: 21,
    available: 3983,
  })
})

describe('prices', () => {
  const request = (method: HttpRequest['method'], path: string) => ({
    method,
    url: `https://a.example${path}`,
  })

  it('are the same for every call', () => {
    expect(pricePerCall('calls')(request('GET', '/x'))).toEqual({
      bucket: 'calls',
      operation: 'calls',
      cost: 1,
    })
  })

  it('follow the operation (Amazon)', () => {
    const price = priceByRoute([
      { method: 'GET', path: /^\/orders$/, bucket: 'searchOrders' },
      { path: /^\/orders\/[^/]+$/, bucket: 'getOrder', cost: 2 },
    ])
    expect(price(request('GET', '/orders?x=1'))).toMatchObject({ bucket: 'searchOrders', cost: 1 })
    expect(price(request('GET', '/orders/7'))).toMatchObject({ bucket: 'getOrder', cost: 2 })
    expect(price(request('POST', '/orders'))).toBeNull()
    expect(priceByRoute([], 'rest')(request('GET', '/'))).toMatchObject({ bucket: 'rest' })
  })
})

it('Retry-After is seconds or a date', () => {
  const now = Date.UTC(2026, 0, 15)
  expect(retryAfterMs('12', now)).toBe(12_000)
  expect(retryAfterMs(new Date(now + 5_000).toUTCString(), now)).toBe(5_000)
  expect(retryAfterMs(new Date(now - 5_000).toUTCString(), now)).toBe(0)
})
