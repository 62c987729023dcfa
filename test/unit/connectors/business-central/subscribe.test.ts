import { afterEach, describe, expect, it } from '@jest/globals'
import conformance from '#connectors/erp/business-central/conformance.ts'
import { businessCentral } from '#connectors/erp/business-central/connector.ts'
import { receive } from '#connectors/erp/business-central/receive.ts'
import { createBcSimulator } from '#connectors/erp/business-central/simulator.ts'
import { openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { ConnectorContext, RawRequest } from '#core/contracts/connector.ts'
import { COMPANY } from './company.ts'

const CALLBACK = 'https://hub.example/webhooks/acme-erp'
const DAY_MS = 86_400_000

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Business Central calls back while a subscription is made or renewed; here the connector itself answers. */
async function opened(reachable = () => true) {
  const connection = conformance.connection('')
  const bench = await openBench({
    ...conformance,
    simulator: ({ now }) =>
      createBcSimulator({
        ...{ now, tenantId: 'contoso.example', companyId: COMPANY },
        clientId: connection.secrets['clientId']![0]!,
        clientSecret: connection.secrets['clientSecret']![0]!,
        async handshake(url) {
          if (!reachable()) return undefined
          const { pathname, search } = new URL(url)
          const request = {
            target: pathname + search,
            url,
            body: Buffer.alloc(0),
            headers: {},
          } as unknown as RawRequest
          const answer = await receive(request, connection, {} as ConnectorContext)
          return answer.ok ? answer.answer?.body : undefined
        },
      }),
  })
  closing.push(() => bench.close())
  return bench
}

describe('subscriptions at Business Central', () => {
  it('are made for every topic, with the handshake answered', async () => {
    const { context } = await opened()
    expect(await businessCentral.subscribe!(CALLBACK, context)).toEqual({
      ...{ present: [], repaired: [], created: ['items', 'salesOrders'] },
    })
  })

  it('are not made where Business Central cannot reach the hub', async () => {
    const { context } = await opened(() => false)
    await expect(businessCentral.subscribe!(CALLBACK, context)).rejects.toMatchObject({
      ...{ code: 'PARTNER_REFUSED', detail: expect.stringContaining('notification URL') },
    })
  })

  it('are renewed in their last two days, and made again when they ended', async () => {
    const { context, clock, simulator } = await opened()
    await businessCentral.subscribe!(CALLBACK, context)
    clock.jump(DAY_MS / 2)
    expect(await businessCentral.subscribe!(CALLBACK, context)).toMatchObject({ repaired: [] })
    clock.jump(DAY_MS)
    expect(await businessCentral.subscribe!(CALLBACK, context)).toMatchObject({
      repaired: ['items', 'salesOrders'],
    })
    clock.jump(2.9 * DAY_MS)
    expect(simulator!.subscriptions!()).toHaveLength(2)
    clock.jump(DAY_MS)
    expect(simulator!.subscriptions!()).toHaveLength(0)
    expect(await businessCentral.subscribe!(CALLBACK, context)).toMatchObject({
      created: ['items', 'salesOrders'],
    })
  })
})
