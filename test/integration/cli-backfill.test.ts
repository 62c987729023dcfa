import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createShopifySimulator, type ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { seeded } from '#test/support/seeded.ts'
import { type CliWorld, cliWorld } from './cli-harness.ts'

const SHOP = 'acme.myshopify.com'
const ORDERS = 8

let cli: CliWorld
let shop: ShopifySimulator
let yaml: string

beforeEach(async () => {
  cli = cliWorld()
  shop = createShopifySimulator({ clock: systemClock, random: seeded(3), shop: SHOP, secret: 'shpss_test' })
  for (let n = 0; n < ORDERS; n++) shop.placeOrder()
  const apiBaseUrl = await shop.listen()
  yaml = `
tenants: [{ id: acme, name: Acme Outdoor }]
connections:
  - id: acme-shopify
    tenant: acme
    connector: shopify
    settings: { shop: ${SHOP}, apiBaseUrl: "${apiBaseUrl}" }
    secrets: { webhookSecret: "shpss_test", accessToken: "shpat_simulated" }
security: { allowPrivateHosts: ["127.0.0.1"] }
`
})

afterEach(async () => {
  await shop.close()
  await cli.close()
})

const backfill = (more: string) => cli.hub(`backfill acme-shopify ${more}`, { yaml })

describe('hub backfill', () => {
  it('brings orders beside a running hub, and nothing the second time', async () => {
    const store = cli.store()
    const first = await backfill('--resource order --since 2020-01-01 --json')
    expect(first).toMatchObject({ code: 0, json: { received: ORDERS, new: ORDERS, finished: true } })
    expect(first.json).toMatchObject({ resource: 'order', since: '2020-01-01T00:00:00Z' })
    const { items } = await store.messages.list({ connection: 'acme-shopify' }, { limit: 100 })
    expect(items.map(({ via, topic }) => [via, topic])).toEqual(
      Array.from({ length: ORDERS }, () => ['backfill', 'graphql/order']),
    )
    const again = await backfill('--resource order --since 2020-01-01')
    expect(again.out).toMatch(/8 records of order since 2020-01-01.* read, 0 of them new/)
  })

  it('is audited from its beginning, with what it brought', async () => {
    await backfill('--resource order --since 2020-01-01')
    const { items } = await cli.store().audit.list()
    expect(items.map(({ action, subject }) => [action, subject])).toEqual([
      ['backfill.end', 'acme-shopify'],
      ['backfill.begin', 'acme-shopify'],
    ])
    expect(items[0]!.detail).toMatchObject({ resource: 'order', received: ORDERS, stored: ORDERS })
  })

  it('leaves out what changed at `--until` or later', async () => {
    const { json } = await backfill('--resource order --since 2020-01-01 --until 2020-02-01 --json')
    expect(json).toMatchObject({ received: 0, leftOut: ORDERS, finished: true })
  })

  it('begins at a time', async () => {
    const later = new Date(Date.now() + 1_000).toISOString()
    expect((await backfill(`--resource order --since ${later}`)).err).toContain('lies in the future')
    expect((await backfill('--resource product --since 2020-01-01 --json')).json).toMatchObject({
      received: 0,
    })
  })

  it.each([
    ['--resource order', /Required option '--since/],
    ['--since 2020-01-01', /Required option '--resource/],
    ['--resource order --since yesterday', /--since.* is not an RFC 3339/],
    ['--resource order --since 2020-02-01 --until 2020-01-01', /has to be later/],
    [
      '--resource settlement --since 2020-01-01',
      /“settlement” of Shopify is not polled.*order, inventory, product/,
    ],
  ])('refuses `%s`', async (more, sentence) => {
    const { code, err } = await backfill(more)
    expect(code).toBe(1)
    expect(err).toMatch(sentence)
  })

  it('refuses a connection that rests, and one that another process reads', async () => {
    const store = cli.store()
    await cli.hub('connections pause acme-shopify', { yaml })
    expect((await backfill('--resource order --since 2020-01-01')).err).toMatch(/STATE_CONFLICT.*is paused/)
    await cli.hub('connections resume acme-shopify', { yaml })
    await store.leases.acquire('backfill:acme-shopify:order', 'other', Date.now(), Date.now() + 60_000)
    expect((await backfill('--resource order --since 2020-01-01')).err).toMatch(
      /STATE_CONFLICT.*Another process/,
    )
  })
})
