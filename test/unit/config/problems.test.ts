import { describe, expect, it } from '@jest/globals'
import { load, refusalOf } from './loading.ts'

const TENANT = 'tenants: [{ id: acme, name: Acme }]'

/** A connection as lines of its own, so that places can be told. */
const connection = (settings: string, secrets: string) => `${TENANT}
connections:
  - id: shop
    tenant: acme
    connector: shopify
    settings: ${settings}
    secrets: ${secrets}`

const GOOD_SETTINGS = '{ shop: a.myshopify.com }'

describe('a configuration that is wrong', () => {
  it('is refused with every problem at its place, and what to do', () => {
    const yaml = `prot: 80
tenants: [{ id: acme, name: Acme }]
connections:
  - id: shop
    tenant: acne
    connector: shopify
    settings: { shopp: a.myshopify.com }
    secrets: { webhookSecret: "\${NOT_SET}", acessToken: t }
  - id: shop
    tenant: acme
    connector: shopfy
flows:
  - { resource: ordr, from: [shop], to: [erp] }
  - { resource: order, from: [shoop], to: [erp], when: "a +" }
inbox: { highWater: many }
`
    expect(refusalOf(yaml, { HUB_PORT: '99999' })).toEqual({
      code: 'CONFIG_INVALID',
      lines: [
        'hub.yaml:8:16 connections[0].secrets.webhookSecret: `$' +
          '{NOT_SET}` is not set — fix: set the environment variable NOT_SET',
        'hub.yaml:1:1 prot: is not a setting here — fix: did you mean `port`?',
        'HUB_PORT: must be <= 65535 — fix: Port that the web role listens on.',
        expect.stringMatching(
          /^hub.yaml:13:7 flows\[0\].resource: is not one of .* — fix: choose one of order, inventory,/,
        ),
        expect.stringMatching(
          /^hub.yaml:15:10 inbox.highWater: must be integer — fix: Messages not yet translated/,
        ),
        'hub.yaml:9:5 connections[1].id: is the id of connections[0] too — fix: choose another',
        'hub.yaml:5:5 connections[0].tenant: is no tenant of `tenants` — fix: did you mean `acme`?',
        'hub.yaml:7:5 connections[0].settings.shop: is missing — fix: add it: Domain of the shop.',
        'hub.yaml:7:17 connections[0].settings.shopp: is not a setting here — fix: did you mean `shop`?',
        'hub.yaml:8:45 connections[0].secrets.acessToken: is no secret of the connector `shopify` — fix: did you mean `accessToken`?',
        'hub.yaml:11:5 connections[1].connector: is no connector — fix: did you mean `shopify`?',
        'hub.yaml:14:31 flows[1].from[0]: is no connection, connector or kind — fix: did you mean `shop`?',
        expect.stringMatching(
          /^hub.yaml:14:50 flows\[1\].when: is no JSONata: .* — fix: correct the expression$/,
        ),
      ],
    })
  })

  it('is told of rules that would hold nothing, and of lines that are none of an order', () => {
    const yaml = `${connection(GOOD_SETTINGS, '{ webhookSecret: s }')}
flows:
  - { resource: shipment, from: [shop], to: [erp], lines: "true" }
  - { resource: order, from: [shop], to: [erp], lines: "location." }
holds:
  - { id: fraud, when: "risk.level =", to: [erq], owner: risk }
  - { id: fraud, when: "true", to: [erp], owner: risk }
  - { id: late, when: "true", to: [erp], hours: 0 }
`
    expect(refusalOf(yaml).lines).toEqual([
      expect.stringMatching(/holds\[2\]\.owner: is missing — fix: add it: Who decides\.$/),
      expect.stringMatching(/holds\[2\]\.hours: must be >= 1/),
      expect.stringMatching(/holds\[1\]\.id: is the id of holds\[0\] too/),
      expect.stringMatching(/flows\[0\]\.lines: is for orders — fix: take it away$/),
      expect.stringMatching(/flows\[1\]\.lines: is no JSONata: /),
      expect.stringMatching(/holds\[0\]\.when: is no JSONata: /),
      expect.stringMatching(
        /holds\[0\]\.to\[0\]: is no connection, connector or kind — fix: did you mean `erp`\?$/,
      ),
    ])
  })

  it('is named by what it lacks: only references', () => {
    const { code, lines } = refusalOf(
      connection(GOOD_SETTINGS, `{ webhookSecret: ["\${A}", "x\${B}"], accessToken: "\${c d}" }`),
      { A: '' },
    )
    expect(code).toBe('CONFIG_UNRESOLVED')
    expect(lines).toEqual([
      'hub.yaml:7:32 connections[0].secrets.webhookSecret[0]: `$' +
        '{A}` is set but empty — fix: give the environment variable A a value',
      'hub.yaml:7:40 connections[0].secrets.webhookSecret[1]: `$' +
        '{B}` is not set — fix: set the environment variable B',
      'hub.yaml:7:50 connections[0].secrets.accessToken: a `${` begins no reference — fix: write `$${` where the characters themselves are meant',
    ])
  })

  it.each([
    ['no secrets at all', '{}'],
    ['an empty list', '{ webhookSecret: [] }'],
    ['no value', '{ webhookSecret: }'],
  ])('is named by what it lacks: %s', (_what, secrets) => {
    expect(refusalOf(connection(GOOD_SETTINGS, secrets))).toEqual({
      code: 'SECRET_MISSING',
      lines: [
        expect.stringContaining(
          'connections[0].secrets.webhookSecret: is a required secret — fix: give it as a reference',
        ),
      ],
    })
  })

  it.each(['""', '"  "', '["a", ""]'])('does not take %s as a secret', value => {
    const { code, lines } = refusalOf(connection(GOOD_SETTINGS, `{ webhookSecret: ${value} }`))
    expect([code, lines.length]).toEqual(['SECRET_MISSING', 1])
    expect(lines[0]).toContain('is an empty secret')
  })

  it('does not take a list for a secret that cannot be rotated', () => {
    const { lines } = refusalOf(connection(GOOD_SETTINGS, '{ webhookSecret: a, accessToken: [b, c] }'))
    expect(lines).toEqual([expect.stringContaining('connections[0].secrets.accessToken: cannot be a list')])
  })

  it('says all that is wrong with a connection even when a reference of it does not resolve', () => {
    const { lines } = refusalOf(
      connection('{ shop: example.com, pollSeconds: 1 }', `{ webhookSecret: ["\${A}"] }`),
    )
    expect(lines.map(line => line.split(': ')[0])).toEqual([
      'hub.yaml:7:32 connections[0].secrets.webhookSecret[0]',
      'hub.yaml:6:17 connections[0].settings.shop',
      'hub.yaml:6:36 connections[0].settings.pollSeconds',
    ])
  })

  it.each([
    connection(
      '{ shop: hush, pollSeconds: hush, locations: [{ a: hush }] }',
      '{ webhookSecret: [hush, ""], accessToken: [hush, hush] }',
    ),
    connection('hush', '{ webhookSecret: { a: hush }, accessToken: 7.5 }'),
    'kek: hush\nport: hush\nstoreUrl: "mysql://u:hush@h"\nroles: [hush]\nsecurity: hush\nflows: [{ resource: hush, when: "hush(" }]',
  ])('never shows a value: %#', yaml => {
    const { lines } = refusalOf(yaml, { HUB_QUEUE_URL: 'amqp://hush', HUB_DATA_DIR: 'hush' })
    expect(lines.length).toBeGreaterThan(2)
    expect(lines.join('\n')).not.toContain('hush')
  })

  it.each([
    ['HUB_PORT', '80a'],
    ['HUB_PORT', '-1'],
    ['HUB_PORT', '65536'],
    ['HUB_PORT', '80.5'],
    ['HUB_PUBLIC_URL', 'hub.example'],
    ['HUB_PUBLIC_URL', 'https://user:pass@hub.example'],
    ['HUB_PUBLIC_URL', 'https://hub.example/?a=1'],
    ['HUB_ROLES', 'web,worker'],
    ['HUB_ROLES', ','],
    ['HUB_STORE_URL', 'postgres://host'],
    ['HUB_STORE_URL', 'hub.db'],
    ['HUB_QUEUE_URL', 'embedded:x'],
    ['HUB_QUEUE_URL', 'redis:'],
    ['HUB_KEK', Buffer.alloc(31).toString('base64')],
    ['HUB_KEK', Buffer.alloc(33).toString('base64')],
    ['HUB_KEK', Buffer.alloc(32).toString('hex')],
    ['HUB_LOG_LEVEL', 'verbose'],
    ['HUB_DATA_DIR', ''],
    ['HUB_KEK', ''],
    ['HUB_PORT', ' '],
  ])('refuses %s=%s and names the variable', (name, value) => {
    const { code, lines } = refusalOf(null, { [name]: value })
    expect(code).toBe('CONFIG_INVALID')
    expect(new Set(lines.map(line => line.split(':')[0]))).toEqual(new Set([name]))
  })

  it('notices a mistyped variable, and leaves others that begin alike alone', () => {
    expect(refusalOf(null, { HUB_PROT: '80', HUB_FIXTURES: '/x' }).lines).toEqual([
      'HUB_PROT: is no setting — fix: did you mean HUB_PORT?',
    ])
  })

  it('names a file that cannot be read', () => {
    expect(refusalOf(null, { HUB_CONFIG: 'nowhere.yaml' }).lines).toEqual([
      'HUB_CONFIG: nowhere.yaml cannot be read — fix: name a file that this process may read',
    ])
  })

  it.each([
    ['tenants: [', /^hub\.yaml:1:11: .* — fix: correct the YAML$/],
    ['port: 1\nport: 2', /^hub\.yaml:2:1: Map keys must be unique/],
    ['secret: "hush\n- x', /^hub\.yaml:/],
    ['- a\n- b', /^hub\.yaml:1:1: the file is not a map of settings/],
    ['just words', /^hub\.yaml:1:1: the file is not a map of settings/],
  ])('names the place that is no YAML: %j', (yaml, line) => {
    const { lines } = refusalOf(yaml)
    expect(lines[0]).toMatch(line)
    expect(lines.join()).not.toContain('hush')
  })

  it.each([
    [
      'tenants',
      'tenants: [{ id: a, name: A }, { id: a, name: B }]',
      'tenants[1].id: is the id of tenants[0] too',
    ],
    [
      'flows',
      'flows: [{ id: f, resource: order, from: [pos], to: [erp] }, { id: f, resource: order, from: [pos], to: [erp] }]',
      'flows[1].id: is the id of flows[0] too',
    ],
  ])('refuses two %s of one id', (_what, yaml, line) => {
    expect(refusalOf(yaml).lines).toEqual([expect.stringContaining(line)])
  })

  it.each([
    ['a list that is a map', 'connections: { shop: {} }', 3],
    ['an item that is a word', 'flows: [order]', 1],
    ['an item that is nothing', 'tenants: [null]', 1],
    ['an id that cannot stand in an address', 'tenants: [{ id: "a:b", name: A }]', 1],
    ['a list of numbers', 'security: { allowPrivateHosts: [1] }', 1],
    ['no ends', 'flows: [{ resource: order, from: [], to: [erp] }]', 1],
  ])('survives %s', (_what, yaml, least) => {
    const { code, lines } = refusalOf(yaml)
    expect(code).toBe('CONFIG_INVALID')
    expect(lines.length).toBeGreaterThanOrEqual(least)
  })

  it.each([
    `connections: "\${X}"`,
    `tenants: ["\${X}"]`,
    `flows: [{ resource: order, from: "\${X}", to: [erp] }]`,
    `flows: [{ resource: "\${X}", from: ["\${X}"], to: [erp], when: "\${X}" }]`,
    `${TENANT}\nconnections: [{ id: "\${X}", tenant: "\${X}", connector: "\${X}", settings: "\${X}" }]`,
  ])('tells an unresolved reference and nothing that follows from it: %s', yaml => {
    const { code, lines } = refusalOf(yaml)
    expect(code).toBe('CONFIG_UNRESOLVED')
    for (const line of lines) expect(line).toContain('X}` is not set')
  })
})

describe('roles that are left to other processes', () => {
  const MONGO = { HUB_STORE_URL: 'mongodb://db/hub' }
  const REDIS = { HUB_QUEUE_URL: 'redis://cache' }

  it('are refused with a store of one process', () => {
    for (const queue of [{}, REDIS])
      expect(refusalOf(null, { HUB_ROLES: 'web,translator', ...queue }).lines).toEqual([
        'HUB_ROLES: leaves roles to other processes, but the store `sqlite:` serves one — fix: play all roles (`all`), or set HUB_STORE_URL to a MongoDB and HUB_QUEUE_URL to a Redis',
      ])
  })

  it('are refused with a queue that wakes only this process', () => {
    expect(refusalOf(null, { HUB_ROLES: 'web', ...MONGO }).lines).toEqual([
      'HUB_ROLES: leaves roles to other processes, but the queue `embedded:` wakes none of them — fix: play all roles (`all`), or set HUB_QUEUE_URL to a Redis that all of them reach',
    ])
  })

  it('are fine where both are shared, and all roles are fine anywhere', () => {
    expect(load(null, { HUB_ROLES: 'deliverer', ...MONGO, ...REDIS }).roles).toEqual(['deliverer'])
    for (const shared of [{}, MONGO, REDIS, { ...MONGO, ...REDIS }])
      expect(load(null, { HUB_ROLES: 'all', ...shared }).roles).toHaveLength(5)
    expect(load(null, { HUB_ROLES: 'poller,web,maintenance,deliverer,translator' }).roles).toHaveLength(5)
  })
})
