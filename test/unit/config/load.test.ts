import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { loadConfig } from '#config/load.ts'
import { load } from './loading.ts'
import { MANIFESTS } from './manifests.ts'

/** Word for word the example of the design, section 12. */
const DESIGN = `
tenants: [{ id: acme, name: Acme Outdoor }]
connections:
  - id: acme-shopify
    tenant: acme
    connector: shopify
    settings: { shop: acme.myshopify.com }
    secrets: { webhookSecret: "\${ACME_SHOPIFY_SECRET}" }     # environment references; unresolved = refuse to start
  - id: acme-erp
    tenant: acme
    connector: rest-erp
    settings: { baseUrl: "http://127.0.0.1:9100", strategy: search-then-create }
flows:
  - { resource: order, from: [acme-shopify], to: [acme-erp] }   # from/to: connection ids or kinds; optional \`when:\` in JSONata
security: { allowPrivateHosts: ["127.0.0.1"] }
`

const ONE = (lines = '') => `
tenants: [{ id: acme, name: Acme }]
connections:
  - { id: shop, tenant: acme, connector: shopify, settings: { shop: a.myshopify.com${lines} }, secrets: { webhookSecret: s } }
`

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(load(null)).toEqual({
      port: 8080,
      opsPort: 8080,
      publicUrl: 'http://localhost:8080',
      dataDir: './data',
      roles: ['web', 'poller', 'translator', 'deliverer', 'maintenance'],
      storeUrl: 'sqlite:',
      queueUrl: 'embedded:',
      kek: null,
      logLevel: 'info',
      tenants: [],
      connections: [],
      apps: {},
      flows: [],
      holds: [],
      alerts: { shipByHours: 4 },
      stock: [],
      mappings: { overlays: null },
      security: { allowPrivateHosts: [] },
      inbox: { maxBodyBytes: 5_242_880, highWater: 500_000 },
      retention: { messagesDays: 30, statsDays: 90 },
      engine: {
        translateConcurrency: 32,
        deliverConcurrency: 32,
        publishConcurrency: 256,
        leaseMs: 60_000,
        sweepMs: 1_000,
        httpTimeoutMs: 15_000,
        dependencyWaitHours: 72,
        crashLimit: 5,
        drainMs: 25_000,
        farewellMs: 1_000,
      },
    })
  })

  it('reads the example of the design', () => {
    const { tenants, connections, flows, security } = load(DESIGN, { ACME_SHOPIFY_SECRET: 'hush' })
    expect({ tenants, connections, flows, security }).toEqual({
      tenants: [{ id: 'acme', name: 'Acme Outdoor' }],
      connections: [
        {
          id: 'acme-shopify',
          tenant: 'acme',
          connector: 'shopify',
          settings: { shop: 'acme.myshopify.com', pollSeconds: 300, skipTests: false },
          secrets: { webhookSecret: ['hush'] },
        },
        {
          id: 'acme-erp',
          tenant: 'acme',
          connector: 'rest-erp',
          settings: { baseUrl: 'http://127.0.0.1:9100', strategy: 'search-then-create' },
          secrets: {},
        },
      ],
      flows: [{ id: 'order-1', resource: 'order', from: ['acme-shopify'], to: ['acme-erp'] }],
      security: { allowPrivateHosts: ['127.0.0.1'] },
    })
  })

  it.each([
    ['overlays', '/etc/hub/overlays'],
    ['../shared', '/etc/shared'],
    ['/srv/overlays', '/srv/overlays'],
  ])('finds the folder of overlays from the file that names it: %s', (overlays, found) => {
    const config = loadConfig({
      env: { HUB_CONFIG: '/etc/hub/hub.yaml' },
      readFile: () => `mappings: { overlays: ${overlays} }`,
      manifests: MANIFESTS,
    })
    expect(config.mappings.overlays).toBe(found)
  })

  it('reads the example file that comes with the hub', () => {
    const { flows, connections } = loadConfig({
      env: { HUB_CONFIG: 'config/hub.example.yaml', ACME_SHOPIFY_SECRET: 'hush' },
      readFile: path => readFileSync(path, 'utf8'),
      manifests: MANIFESTS,
    })
    expect(connections).toHaveLength(2)
    expect(flows.map(({ id }) => id)).toEqual(['order-1', 'paid-returns'])
  })

  it('takes every setting of the environment', () => {
    const kek = Buffer.alloc(32, 1).toString('base64')
    expect(
      load(null, {
        HUB_PORT: '9000',
        HUB_OPS_PORT: '9001',
        HUB_PUBLIC_URL: 'https://hub.example/base',
        HUB_DATA_DIR: '/data',
        HUB_ROLES: 'web, translator',
        HUB_STORE_URL: 'mongodb://a:b@one,two/hub?replicaSet=r',
        HUB_QUEUE_URL: 'rediss://:pw@cache:6379/0',
        HUB_KEK: kek,
        HUB_LOG_LEVEL: 'silent',
      }),
    ).toMatchObject({
      port: 9000,
      opsPort: 9001,
      publicUrl: 'https://hub.example/base',
      dataDir: '/data',
      roles: ['web', 'translator'],
      storeUrl: 'mongodb://a:b@one,two/hub?replicaSet=r',
      queueUrl: 'rediss://:pw@cache:6379/0',
      kek,
      logLevel: 'silent',
    })
  })

  it.each(['sqlite:', 'sqlite::memory:', 'sqlite:/data/hub.db', 'mongodb+srv://host/db'])(
    'takes %s as a store',
    url => {
      expect(load(null, { HUB_STORE_URL: url }).storeUrl).toBe(url)
    },
  )

  it('lets the environment win over the file, and the file over the defaults', () => {
    const yaml = 'port: 1000\nlogLevel: debug\nroles: all\ninbox: { highWater: 5 }'
    expect(load(yaml, { HUB_PORT: '2000' })).toMatchObject({
      port: 2000,
      logLevel: 'debug',
      inbox: { maxBodyBytes: 5_242_880, highWater: 5 },
    })
  })

  it('takes an empty file and keys without a value as no settings at all', () => {
    expect(load('')).toEqual(load(null))
    expect(load('tenants:\nflows:\nsecurity:\n  allowPrivateHosts:\n')).toEqual(load(null))
  })

  it('takes any quoting that YAML has', () => {
    expect(load("port: '81'\ndataDir: >-\n  /a\n  b\n")).toMatchObject({ port: 81, dataDir: '/a b' })
  })
})

describe('references', () => {
  it('are replaced inside values and as whole values, with the type that the setting wants', () => {
    const settings = `, pollSeconds: "\${POLL}", skipTests: "\${SKIP}"`
    const yaml = `port: "\${PORT}"\npublicUrl: "https://\${HOST}/\${PATH_}"\n${ONE(settings)}`
    const config = load(yaml, { PORT: '81', HOST: 'hub.example', PATH_: 'x', POLL: '60', SKIP: 'true' })
    expect(config).toMatchObject({ port: 81, publicUrl: 'https://hub.example/x' })
    expect(config.connections[0]?.settings).toMatchObject({ pollSeconds: 60, skipTests: true })
  })

  it('are not looked for in what a variable holds, nor in keys', () => {
    expect(load(`dataDir: "\${A}"`, { A: `\${B}`, B: 'wrong' }).dataDir).toBe(`\${B}`)
    expect(() => load(`"\${A}": 1`, { A: 'port' })).toThrow(`\${A}: is not a setting here`)
  })

  it('are escaped by a second dollar', () => {
    expect(load(`dataDir: "/a/$\${B}/$C"`).dataDir).toBe(`/a/\${B}/$C`)
  })
})

describe('secrets', () => {
  it('are a list of live values, newest first, also when one is given', () => {
    const yaml = ONE().replace('webhookSecret: s', `webhookSecret: ["\${NEW}", "\${OLD}"], accessToken: t`)
    expect(load(yaml, { NEW: 'n', OLD: 'o,p' }).connections[0]?.secrets).toEqual({
      webhookSecret: ['n', 'o,p'],
      accessToken: ['t'],
    })
  })
})

describe('flows', () => {
  const yaml = 'flows: [{ resource: order, from: [shop-of-a-merchant], to: [erp] }]'

  it('may name connections that people made, which are in the store alone', () => {
    expect(load(yaml, {}, ['shop-of-a-merchant']).flows).toHaveLength(1)
    expect(() => load(yaml)).toThrow('is no connection')
  })

  it('may lead back to where an order came from, for what belongs to one', () => {
    const back = (resource: string, ends = 'from: [fulfilment], to: [origin]') =>
      load(`flows: [{ resource: ${resource}, ${ends} }]`).flows
    expect(back('shipment')).toMatchObject([{ to: ['origin'] }])
    expect(back('return')).toHaveLength(1)
    expect(() => back('order')).toThrow('is no connection')
    expect(() => back('shipment', 'from: [origin], to: [erp]')).toThrow('is no connection')
  })
})

describe('flow ids', () => {
  it('are counted per resource, in order, past those that were given', () => {
    const yaml = `flows:
  - { resource: order, from: [storefront], to: [erp] }
  - { resource: inventory, from: [erp], to: [storefront] }
  - { id: order-2, resource: order, from: [pos], to: [erp] }
  - { resource: order, from: [marketplace], to: [rest-erp], when: "total > 0" }`
    expect(load(yaml).flows.map(({ id }) => id)).toEqual(['order-1', 'inventory-1', 'order-2', 'order-3'])
  })
})
