import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createShopifySimulator, type ShopifySimulator } from '#connectors/storefronts/shopify/simulator.ts'
import { systemClock } from '#core/kernel/clock.ts'
import { CONFIG, cliWorld } from './cli-harness.ts'

let world: ReturnType<typeof cliWorld>
let folder: string

beforeEach(() => {
  world = cliWorld()
  folder = mkdtempSync(join(tmpdir(), 'crossdock-connector-'))
})
afterEach(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('hub connector test', () => {
  it('prints every check of a connector with its outcome', async () => {
    const { code, out } = await world.hub('connector test rest-erp')
    expect(code).toBe(0)
    expect(out).toMatch(/^rest-erp\n {2}manifest\n {4}✓ names its documentation/)
    expect(out).toContain('– a tampered body is refused: The partner sends no webhooks.')
    expect(out).toMatch(/\d+ checks, 0 failed, \d+ skipped\./)
  }, 60_000)

  it('wants one connector or all, and knows the others', async () => {
    expect(await world.hub('connector test')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--all'),
    })
    const { code, err } = await world.hub('connector test no-such')
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('rest-erp') })
  })
})

describe('hub connector new', () => {
  it('writes a folder, its mapping and what comes next', async () => {
    const { code, out } = await world.hubArgs(['connector', 'new', 'storefront/tea-shop', '--into', folder])
    expect(code).toBe(0)
    expect(out).toContain('connectors/registry.ts')
    const manifest = readFileSync(join(folder, 'connectors/storefronts/tea-shop/manifest.ts'), 'utf8')
    expect(manifest).toContain("name: 'Tea Shop'")
    expect(existsSync(join(folder, 'mappings/storefronts/tea-shop/order.map.yaml'))).toBe(true)
    expect(out).not.toContain('@@')
  })

  it('writes over nothing', async () => {
    await world.hubArgs(['connector', 'new', 'pos/till', '--into', folder])
    const again = await world.hubArgs(['connector', 'new', 'pos/till', '--into', folder])
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('STATE_CONFLICT') })
  })

  it.each(['shop', 'storefront/Tea', 'bank/x', 'storefront/shopify'])('refuses “%s”', async name => {
    const { code } = await world.hubArgs(['connector', 'new', name, '--into', folder])
    expect(code).toBe(1)
  })
})

describe('hub connector record', () => {
  let shop: ShopifySimulator
  let yaml: string

  beforeEach(async () => {
    shop = createShopifySimulator({
      clock: systemClock,
      random: () => 0.42,
      shop: 'acme.myshopify.com',
      secret: 'declared-secret',
      accessToken: 'shpat_recorded_token',
    })
    const apiBaseUrl = await shop.listen()
    yaml = CONFIG.replace(
      'shop: acme.myshopify.com',
      `shop: acme.myshopify.com, apiBaseUrl: "${apiBaseUrl}"`,
    ).replace(
      'webhookSecret: "declared-secret"',
      'webhookSecret: "declared-secret", accessToken: "shpat_recorded_token"',
    )
  })
  afterEach(() => shop.close())

  it('keeps the exchange without secrets and without people', async () => {
    const order = shop.placeOrder()
    const out = join(folder, 'fixtures/orders.json')
    const ran = await world.hubArgs(
      ['connector', 'record', 'acme-shopify', '--feed', 'order', '--out', out],
      { yaml },
    )
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('1 message') })
    const text = readFileSync(out, 'utf8')
    const { first_name, last_name, address1 } = order.shipping_address as unknown as Record<string, string>
    for (const secret of [
      'shpat_recorded_token',
      'declared-secret',
      order.email,
      first_name,
      last_name,
      address1,
    ])
      expect({ secret, found: text.includes(String(secret)) }).toEqual({ secret, found: false })
    expect(text).toContain(order.admin_graphql_api_id)
  })

  it('wants a feed or a topic that there is', async () => {
    const both = ['connector', 'record', 'acme-shopify', '--out', join(folder, 'x.json')]
    expect((await world.hubArgs(both, { yaml })).err).toContain('--feed or --webhook')
    expect((await world.hubArgs([...both, '--feed', 'settlement'], { yaml })).err).toContain('does not poll')
    expect((await world.hubArgs([...both, '--webhook', 'orders/paid'], { yaml })).err).toContain('NOT_FOUND')
  })
})
