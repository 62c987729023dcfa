import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import conformance from '#connectors/carriers/easypost/conformance.ts'
import { subscribe } from '#connectors/carriers/easypost/subscribe.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'

const OURS = 'https://hub.example/in/shop'

describe('the webhook at EasyPost', () => {
  let bench: Bench

  beforeEach(async () => {
    bench = await openBench(conformance)
  })
  afterEach(() => bench.close())

  const addresses = () => bench.simulator!.subscriptions!().map(({ url }) => url)

  it('is enabled again after EasyPost switched it off, with no second one beside it', async () => {
    await subscribe(OURS, bench.context)
    bench.simulator!.dropSubscriptions!()
    expect(addresses()).toEqual([])
    expect(await subscribe(OURS, bench.context)).toMatchObject({ created: [], repaired: ['events'] })
    expect(addresses()).toEqual([OURS])
  })

  it('moves with the hub', async () => {
    await subscribe('https://old.example/in/shop', bench.context)
    expect(await subscribe(OURS, bench.context)).toMatchObject({ created: [], repaired: ['events'] })
    expect(addresses()).toEqual([OURS])
  })

  it('is not made without a secret: everything that it brought would be refused', async () => {
    const connection = { ...bench.connection, secrets: { ...bench.connection.secrets, webhookSecret: [] } }
    const subscribed = subscribe(OURS, { ...bench.context, connection })
    await expect(subscribed).rejects.toMatchObject({ code: 'UNAUTHORIZED' })
    expect(addresses()).toEqual([])
  })
})
