import { describe, expect, it } from '@jest/globals'
import { configSummary } from '#config/summary.ts'
import { load } from './loading.ts'

describe('the summary at start-up', () => {
  const summary = configSummary(
    load(
      `tenants: [{ id: acme, name: Acme }]
connections:
  - id: shop
    tenant: acme
    connector: shopify
    settings: { shop: hush-1.myshopify.com }
    secrets: { webhookSecret: [hush-2, hush-3], accessToken: hush-4 }
flows: [{ resource: order, from: [shop], to: [erp] }]`,
      {
        HUB_KEK: Buffer.from('hush'.repeat(8)).toString('base64'),
        HUB_STORE_URL: 'mongodb://hush-5:hush-6@one:1,two:2/hub?authToken=hush-7',
        HUB_QUEUE_URL: 'redis://:hush-8@cache:6379',
      },
    ),
  )

  it('says what the process was told', () => {
    expect(summary).toMatchObject({
      port: 8080,
      kek: '(given)',
      storeUrl: 'mongodb://***@one:1,two:2/hub?***',
      queueUrl: 'redis://***@cache:6379',
      connections: [
        { id: 'shop', tenant: 'acme', connector: 'shopify', secrets: { webhookSecret: 2, accessToken: 1 } },
      ],
      flows: ['order-1: order from shop to erp'],
    })
    expect(configSummary(load(null))).toMatchObject({
      kek: 'made in the data folder',
      storeUrl: 'sqlite:',
      queueUrl: 'embedded:',
    })
  })

  it('has no secret and no setting of a partner', () => {
    const text = JSON.stringify(summary)
    expect(text).not.toContain('hush')
    expect(text).not.toContain(Buffer.from('hush'.repeat(8)).toString('base64'))
  })
})
