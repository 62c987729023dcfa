import { describe, expect, it } from '@jest/globals'
import conformance from '#connectors/marketplaces/amazon/conformance.ts'
import { amazon } from '#connectors/marketplaces/amazon/connector.ts'
import { limits } from '#connectors/marketplaces/amazon/limits.ts'
import { queueArn, queueRegion } from '#connectors/marketplaces/amazon/queue/sqs.ts'

describe('what the Amazon connector declares', () => {
  it('declares a bucket for every operation, learned from the answer', () => {
    const url = 'https://sellingpartnerapi-eu.amazon.com/orders/2026-01-01/orders?lastUpdatedAfter=x'
    expect(limits.price({ method: 'GET', url })).toMatchObject({ bucket: 'searchOrders' })
    expect(limits.buckets['searchOrders']).toEqual({ capacity: 20, refillPerSecond: 0.0056 })
    expect(limits.read!({ status: 200, headers: { 'x-amzn-ratelimit-limit': '0.02' }, body: {} })).toEqual({
      refillPerSecond: 0.02,
    })
    expect(limits.account!(conformance.connection('http://x'))).toMatch(/^na:A3SIMULATED:amzn1/)
  })

  it('knows region and name of a queue by its address', () => {
    const url = 'https://sqs.eu-west-1.amazonaws.com/123456789012/amazon-events'
    expect([queueRegion(url), queueArn(url)]).toEqual([
      'eu-west-1',
      'arn:aws:sqs:eu-west-1:123456789012:amazon-events',
    ])
  })

  it('asks the merchant in the right country, as a draft while it is one', () => {
    const auth = amazon.manifest.auth
    if (auth?.kind !== 'oauth2') throw new Error('no OAuth')
    expect(auth.authorizeUrl!({ region: 'eu', applicationId: 'amzn1.sp.solution.1', draftApp: true })).toBe(
      'https://sellercentral-europe.amazon.com/apps/authorize/consent?application_id=amzn1.sp.solution.1&version=beta',
    )
    expect(auth.tokenUrl({})).toBe('https://api.amazon.com/auth/o2/token')
  })
})
