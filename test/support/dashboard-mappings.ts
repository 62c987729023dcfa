import type { Router } from 'express'
import type { ExplainedLeaf } from '#core/mapping/explain/explained.ts'
import type { DashboardServerOptions } from './dashboard-server.ts'
import { PAYLOAD, SHADOW } from './dashboard-shadow.ts'

const ID = 'storefronts/shopify/order'

/** Small, and yet with a table, a constant and money. */
export const SHIPPED = `# Shopify order, for the pages' tests.
version: 3
connector: shopify
topics: [orders/create, orders/updated]
target: order
identity: $id(id)
number: name
tables:
  paymentStatus: { paid: paid, pending: pending, "*": unknown }
document:
  number: name
  channel: '"shopify"'
  paymentStatus: $table("paymentStatus", financial_status)
  currency: currency
  totals:
    tax: $money(total_tax, currency)
    total: $money(total_price, currency)
`
const CASES =
  'cases:\n  - name: a paid order\n    input: { id: 1, total_tax: "10.00" }\n    include: { totals: { tax: "10.00" } }\n'
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 15, 11, minute)).toISOString()

interface Version {
  mapping: string
  scope: string
  number: number
  by: string
  at: string
  note: string | null
  text: string
  cases: string
}

/** The mapping routes with canned answers: the tax of the one order depends on which field its rule names. */
export function serveMappings(
  api: Router,
  { empty = false, silent = false }: Pick<DashboardServerOptions, 'empty' | 'silent'>,
): void {
  const versions: Version[] = []
  const publish = (version: Pick<Version, 'scope' | 'text' | 'cases' | 'note'>) => {
    const number = 1 + versions.filter(({ scope }) => scope === version.scope).length
    versions.unshift({ ...version, mapping: ID, number, by: 'session-1', at: at(40 + number) })
    return { mapping: ID, scope: version.scope, number }
  }
  const page = <T>(items: T[]) => ({ items, next: null, total: items.length })

  api.get('/mappings', (_, response) => {
    if (!silent) response.json(page(empty ? [] : rows(versions)))
  })
  api.get('/connections', (_, response) => {
    const shops = ['acme-shopify', 'bold-shopify'].map(id => ({
      id,
      tenant: id.split('-')[0],
      connector: 'shopify',
    }))
    response.json(page(empty ? [] : shops))
  })
  api.get('/messages', (request, response) => {
    const isFirst =
      request.query['topic'] === 'orders/create' && request.query['connection'] === 'acme-shopify'
    response.json(page(isFirst && !empty ? ['m2', 'm1'].map(message) : []))
  })
  api.get('/messages/:id', (request, response) => {
    const text = PAYLOAD[request.params.id as keyof typeof PAYLOAD]
    const payload = { encoding: 'utf8', text, bytes: text.length, masked: false }
    response.json({ ...message(request.params.id), payload, documents: ['order:1'] })
  })
  api.get('/mappings/:id', (_, response) => void response.json(view(versions)))
  api.get('/mappings/:id/versions', (_, response) => void response.json(page(versions)))
  api.post('/mappings/:id/try', (request, response) => void response.json(trial(request.body as TryBody)))
  api.post('/mappings/:id/versions', (request, response) => {
    const { text, cases = '', note = null } = request.body as Version & { cases?: string }
    if (text.includes('current_total_tax') && !cases) return void response.status(422).json(REFUSED)
    const scope = /^for: \{ (\w+): "(.+)" \}$/m.exec(text)
    response.status(201).json(publish({ scope: scope ? `${scope[1]}:${scope[2]}` : '*', text, cases, note }))
  })
  api.post('/mappings/:id/rollback', (request, response) => {
    const { scope, to } = request.body as { scope: string; to: number }
    const text = versions.find(version => version.number === to)?.text ?? ''
    response.json(publish({ scope, text, cases: '', note: `Rolled back to #${to}.` }))
  })
  api.post('/mappings/:id/shadow', (_, response) => void response.json(SHADOW))
  api.post('/mappings/:id/replay', (request, response) => {
    const { dryRun } = request.body as { dryRun: boolean }
    response.json({ matched: 42, replayed: dryRun ? 0 : 42 })
  })
  api.get('/mappings/:id/coverage', (_, response) => void response.json(COVERAGE))
}

const message = (id: string) => ({
  id,
  topic: 'orders/create',
  connection: 'acme-shopify',
  state: 'done',
  receivedAt: at(id === 'm2' ? 38 : 31),
})

const rows = (versions: readonly Version[]) => [
  row(ID, { published: versions.find(({ scope }) => scope === '*')?.number ?? null }),
  row('storefronts/shopify/return', { topics: ['refunds/create'], target: 'return', version: 1 }),
  row('erp/odoo/order', { connector: 'odoo', topics: [], target: null, version: 2 }),
]

const row = (id: string, rest: object) => ({
  id,
  version: 3,
  connector: 'shopify',
  topics: ['orders/create', 'orders/updated'],
  target: 'order',
  tables: ['paymentStatus'],
  source: id,
  overlays: [],
  interpreted: 0,
  published: null,
  ...rest,
})

function view(versions: readonly Version[]) {
  const heads = versions.filter(
    (version, index) => index === versions.findIndex(({ scope }) => scope === version.scope) && version.text,
  )
  const layers = heads.map(({ scope, number, by, at, note, text }) => ({
    scope,
    path: `${scope}#${number}`,
    published: { number, by, at, note },
    text,
  }))
  const shipped = { scope: '*', path: `${ID}.map.yaml`, published: null, text: SHIPPED }
  const { published } = rows(versions)[0]!
  return {
    ...row(ID, { published }),
    text: SHIPPED,
    cases: CASES,
    layers: [shipped, ...layers],
    leaves: [{ pointer: '/number', expression: 'name' }],
    problems: [],
  }
}

interface TryBody {
  text?: string
  message?: string
  payload?: string
}

function trial({ text = SHIPPED, message = 'm2', payload }: TryBody) {
  const wrong = text.indexOf('$monney')
  if (wrong >= 0) return { problems: [misspelt(text, wrong)], compileMs: 9, topic: null, records: [] }
  const source = JSON.parse(payload ?? PAYLOAD[message as keyof typeof PAYLOAD]) as { name: string }
  const changed = text.includes('current_total_tax')
  const tax = changed ? '9.50' : '10.00'
  const document = {
    number: source.name,
    channel: 'shopify',
    paymentStatus: 'paid',
    currency: 'EUR',
    totals: { tax, total: '94.90' },
  }
  const record = {
    outcome: 'document',
    document,
    externalId: '820982911946154508',
    leaves: leaves(text, document),
    before: { outcome: 'document', document: { ...document, totals: { tax: '10.00', total: '94.90' } } },
    differences: changed ? [{ pointer: '/totals/tax', before: '10.00', after: tax }] : [],
  }
  return { problems: [], compileMs: 11.6, topic: 'orders/create', records: [record] }
}

/** With places that follow the text as it is edited. */
function leaves(text: string, document: { number: string; totals: { tax: string; total: string } }) {
  const lines = text.split('\n')
  const leaf = (pointer: string, value: string, rest: Partial<ExplainedLeaf>): ExplainedLeaf => {
    const key = `${pointer.split('/').at(-1)}:`
    const index = lines.findLastIndex(line => line.trim().startsWith(key))
    const content = lines[index] ?? ''
    const column = content.indexOf(key) + key.length + 2
    return {
      ...{ pointer, value, line: index + 1, column, expression: content.slice(column - 1), sources: [] },
      ...{ tables: [], ...rest },
    }
  }
  const entry = { table: 'paymentStatus', key: 'paid', entry: 'paid', added: false, value: 'paid' }
  return [
    leaf('/number', document.number, { sources: ['/name'] }),
    leaf('/channel', 'shopify', {}),
    leaf('/paymentStatus', 'paid', { sources: ['/financial_status'], tables: [entry] }),
    leaf('/currency', 'EUR', { sources: ['/currency'] }),
    leaf('/totals/tax', document.totals.tax, { sources: ['/total_tax', '/currency'] }),
    leaf('/totals/total', document.totals.total, { sources: ['/total_price', '/currency'] }),
  ]
}

function misspelt(text: string, at: number) {
  const before = text.slice(0, at).split('\n')
  return {
    code: 'FUNCTION_UNKNOWN',
    severity: 'error',
    file: `${ID}.map.yaml`,
    line: before.length,
    column: before.at(-1)!.length + 1,
    message: 'There is no function `$monney`.',
    hint: 'Did you mean `$money`?',
  }
}

const REFUSED = {
  type: 'urn:crossdock:problem:MAPPING_CASES_FAILED',
  title: 'Cases of the mapping fail.',
  status: 422,
  cases: [
    { name: 'a paid order', ok: false, differences: ['/totals/tax: expected "10.00", got "9.50"'] },
    { name: 'an order without tax', ok: true, differences: [] },
  ],
}

const field = (pointer: string, count: number, read: boolean, declared = true) => ({
  ...{ pointer, count, read, declared },
})
const COVERAGE = {
  messages: 200,
  fields: [
    ...[
      '/id',
      '/name',
      '/currency',
      '/financial_status',
      '/total_tax',
      '/total_price',
      '/line_items/*/sku',
    ].map(pointer => field(pointer, 200, true)),
    ...['/landing_site', '/referring_site', '/token', '/user_id', '/order_status_url'].map(pointer =>
      field(pointer, 188, false),
    ),
    field('/checkout_channel', 41, false, false),
  ],
  unread: 6,
  undeclared: 1,
}
