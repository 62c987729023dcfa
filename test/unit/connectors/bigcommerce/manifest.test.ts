import { describe, expect, it } from '@jest/globals'
import { auth } from '#connectors/storefronts/bigcommerce/auth.ts'
import { manifest } from '#connectors/storefronts/bigcommerce/manifest.ts'
import { withRetryAfter } from '#connectors/storefronts/bigcommerce/responses.ts'
import { bigcommerceSettings } from '#connectors/storefronts/bigcommerce/settings.ts'

const view = (storeHash: string) => ({
  ...{ id: storeHash, tenant: 'acme', connector: 'bigcommerce', settings: { storeHash }, secrets: {} },
})

describe('a store of BigCommerce', () => {
  it('is one account however its hash was given: all apps and connections share its quota', () => {
    const accounts = ['abc123', 'stores/abc123'].map(hash => manifest.limits?.account?.(view(hash)))
    expect(accounts).toEqual(['stores/abc123', 'stores/abc123'])
    expect(bigcommerceSettings(view('stores/abc123')).baseUrl).toBe(
      'https://api.bigcommerce.com/stores/abc123',
    )
  })

  it('is named in the token request, as its own login wants it', () => {
    expect(auth.tokenParamsOf?.({ storeHash: 'stores/abc123' })).toEqual({ context: 'stores/abc123' })
    expect(auth.authorizeUrl?.({})).toBe('https://login.bigcommerce.com/oauth2/authorize')
  })

  it('says in milliseconds when its window begins anew', () => {
    const answer = { status: 429, headers: { 'x-rate-limit-time-reset-ms': '21734' }, body: '' }
    expect(withRetryAfter(answer, 0).headers['retry-after']).toBe('22')
    expect(withRetryAfter({ ...answer, status: 200 }, 0).headers).not.toHaveProperty('retry-after')
    const told = { ...answer, headers: { ...answer.headers, 'retry-after': '5' } }
    expect(withRetryAfter(told, 0)).toBe(told)
  })
})
