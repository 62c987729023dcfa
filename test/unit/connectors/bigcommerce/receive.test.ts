import { describe, expect, it } from '@jest/globals'
import { receive } from '#connectors/storefronts/bigcommerce/receive.ts'
import { signBigcommerce } from '#connectors/storefronts/bigcommerce/simulator.ts'
import type { ConnectorContext } from '#core/contracts/connector.ts'
import { AT } from './store.ts'

const SECRET = 'client-secret-1'

const received = (producer: string | undefined, storeHash: string) => {
  const body = Buffer.from(
    JSON.stringify({ scope: 'store/order/created', created_at: 1_561_479_335, producer }),
  )
  const headers = signBigcommerce({ body, secret: SECRET, at: AT, deliveryId: 'evt-1' })
  return receive(
    { method: 'POST', target: '/in/bc', url: 'https://hub.example/in/bc', headers, body, receivedAt: AT },
    {
      ...{ id: 'bc', tenant: 'acme', connector: 'bigcommerce' },
      ...{ settings: { storeHash }, secrets: { webhookSecret: [SECRET] } },
    },
    {} as ConnectorContext,
  )
}

describe('a webhook of BigCommerce', () => {
  it.each(['abc123', 'stores/abc123'])('of this store (%s) is taken, once per webhook id', async hash => {
    expect(await received('stores/abc123', hash)).toMatchObject({
      ok: true,
      messages: [
        { topic: 'store/order/created', dedupeKey: 'store/order/created|evt-1', eventAt: 1_561_479_335_000 },
      ],
    })
  })

  it('of another store of the same app is refused, though the signature holds', async () => {
    expect(await received('stores/other9', 'abc123')).toMatchObject({ ok: false, status: 401 })
  })
})
