import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { createRecordAct } from '#core/accounts/audit.ts'
import { createDirectory } from '#core/accounts/directory.ts'
import { createKeys, type NewKey } from '#core/accounts/keys.ts'
import { createManageConnections } from '#core/accounts/manage-connections.ts'
import { sealSecrets } from '#core/accounts/sealed-secrets.ts'
import { createSignIn } from '#core/accounts/sign-in.ts'
import { createVault } from '#core/accounts/vault.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { DocumentCandidate, NewMessage, Store } from '#core/contracts/store.ts'
import { maskPersonal } from '#core/deadletter/mask.ts'
import { createDeadLetterOperations } from '#core/deadletter/operations.ts'
import { createPark } from '#core/deadletter/park.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { createApi } from '#workers/web/api/create-api.ts'
import type { ApiDeps } from '#workers/web/api/deps.ts'
import { mappingDeps } from './mapping-deps.ts'

const TENANTS = [
  { id: 'acme', name: 'Acme Outdoor' },
  { id: 'globex', name: 'Globex' },
]

/** The API on a real store and a real HTTP server; keys of any role; a partner that answers as told. */
export async function startApi() {
  const store = openSqliteStore({ url: ':memory:', engine: true })
  const clock = new ManualClock()
  const partner = {
    probe: async (): Promise<{ ok: true; detail: string }> => ({ ok: true, detail: 'Shop “acme”' }),
  }
  const listeners = new Set<(snapshot: object) => void>()
  const queued: string[] = []
  const connectors = new Map([['shop', shopConnector(partner)]])
  const deps = makeDeps({ store, clock, connectors, listeners, queued })
  const api = createApi(deps)
  const server = express().disable('x-powered-by').use(api.router).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    ...{ store, clock, deps, url, partner, listeners, queued, closeStreams: api.close },
    keyOf: async (key: NewKey) => (await deps.keys.create(key)).key,
    call: (path: string, init: CallOptions = {}) => call(url, path, init),
    async close() {
      api.close()
      server.closeAllConnections()
      server.close()
      await store.close()
    },
  }
}

export type ApiWorld = Awaited<ReturnType<typeof startApi>>

export interface CallOptions {
  key?: string
  method?: string
  body?: unknown
  headers?: Record<string, string>
}

export interface Called {
  status: number
  headers: Headers
  text: string
  json: Answer
}

/** A page or an object; the tests compare it whole. */
export interface Answer {
  items: Record<string, unknown>[]
  next: string | null
  total: number
  [name: string]: unknown
}

async function call(
  url: string,
  path: string,
  { key, method = 'GET', body, headers = {} }: CallOptions,
): Promise<Called> {
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...(key ? { authorization: `Bearer ${key}` } : {}), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: (isJson ? JSON.parse(text) : null) as Answer,
  }
}

interface Parts {
  store: Store
  clock: ManualClock
  connectors: Map<string, Connector>
  listeners: Set<(snapshot: object) => void>
  queued: string[]
}

function makeDeps({ store, clock, connectors, listeners, queued }: Parts): ApiDeps {
  const record = createRecordAct({ store, clock })
  const vault = createVault({ keks: [{ id: 'test', key: randomBytes(32) }], random: randomBytes })
  const directory = createDirectory({ store, clock, vault, declared: [] })
  const queue = { enqueue: async (topic: string, id: string) => void queued.push(`${topic} ${id}`) }
  const newId = () => randomBytes(8).toString('hex')
  const contextFor = (): never => {
    throw new HubError('UNEXPECTED')
  }
  return {
    ...{ store, directory, connectors, record, clock, mask: maskPersonal },
    connections: createManageConnections({
      ...{ store, directory, connectors, queue, clock, record, tenants: TENANTS },
      seal: async (connection, secrets) => sealSecrets(vault, connection, secrets),
    }),
    operations: createDeadLetterOperations({
      ...{ store, queue, clock, newId, record, mask: maskPersonal, maxBodyBytes: 2_000_000 },
      refresh: directory.refresh,
    }),
    connect: {
      invite: async ({ connection }) => ({ url: `http://hub.test/connect/${connection}`, expiresAt: 1 }),
    },
    subscribeNow: async () => ({
      ...{ checkedAt: 1, nextAt: 2, basis: '', present: [], created: ['orders/create'], repaired: [] },
    }),
    keys: createKeys({ store, clock, random: randomBytes }),
    signIn: createSignIn({ store, clock, random: randomBytes, publicUrl: 'http://hub.test' }),
    health: {
      snapshot: async tenant => ({ status: 'ok', tenant: tenant ?? null }),
      report: async (range, tenant) => ({ ...range, tenant: tenant ?? null }),
      onSnapshot(listener) {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    shipBy: async () => [],
    contextFor,
    ...mappingDeps({
      ...{ store, directory, connectors, clock, record, queue, contextFor },
      tenants: TENANTS,
    }),
    config: {
      flows: [{ id: 'orders', resource: 'order', from: ['storefront'], to: ['erp'] }],
      tenants: TENANTS,
      apps: [],
      publicUrl: 'http://hub.test',
      maxBodyBytes: 2_000_000,
    },
    telemetry: {
      attempt: () => undefined,
      count: () => undefined,
      observe: () => undefined,
      log: () => undefined,
    },
  }
}

const shopConnector = (partner: {
  probe: NonNullable<Connector['probe']> | (() => Promise<{ ok: true; detail: string }>)
}): Connector => ({
  manifest: {
    ...{ id: 'shop', name: 'Test Shop', kind: 'storefront', topics: { 'orders/create': 'order' } },
    api: { version: '1', docs: 'https://shop.example/docs' },
    settings: {
      type: 'object',
      required: ['domain'],
      properties: { domain: { type: 'string' }, region: { type: 'string' } },
      additionalProperties: false,
    },
    secrets: {
      webhookSecret: { description: 'Signs webhooks', required: true, rotatable: true },
      token: { description: 'API', required: false },
    },
  },
  probe: context => partner.probe(context),
})

/** A message of a tenant, and the order that it became. */
export async function landOrder(
  { store, clock }: Pick<ApiWorld, 'store' | 'clock'>,
  { id, tenant = 'acme', number = '#1001' }: { id: string; tenant?: string; number?: string },
) {
  const connection = `${tenant}-shop`
  const message: NewMessage = {
    ...{
      id: `m-${id}`,
      tenant,
      connection,
      topic: 'orders/create',
      via: 'webhook',
      dedupeKey: id,
      receivedAt: clock.now(),
    },
    ...{
      eventAt: clock.now() - 1_000,
      headers: { 'x-topic': 'orders/create' },
      body: Buffer.from(JSON.stringify({ id, email: 'jane@example.com' })),
    },
  }
  await store.messages.insert(message)
  const key = `${tenant}:${connection}:${id}`
  const document: DocumentCandidate = {
    ...{ id: `order:${key}`, resource: 'order', key, tenant, connection, externalId: id, number },
    ...{
      order: { revision: 1, event: 1, arrival: 1 },
      body: { number, email: 'jane@example.com' },
      hash: id,
    },
    ...{
      mapping: { id: 'storefronts/shop/order', version: 3 },
      message: message.id,
      receivedAt: clock.now(),
      dependsOn: [],
    },
  }
  await store.documents.upsert(document, clock.now())
  const claim = { token: `t-${id}`, now: clock.now(), until: clock.now() + 1_000 }
  await store.messages.claim(message.id, claim)
  await store.messages.settle(message.id, claim.token, {
    state: 'done',
    documents: [document.id],
    attempt: { at: clock.now(), ms: 2, outcome: 'done' },
  })
  const delivery = `${document.id}>${tenant}-erp`
  await store.deliveries.want(
    {
      ...{
        id: delivery,
        document: document.id,
        resource: 'order',
        tenant,
        source: connection,
        destination: `${tenant}-erp`,
      },
      ...{ flow: 'orders', revision: 1, receivedAt: clock.now(), priority: 10 },
    },
    clock.now(),
  )
  return { message: message.id, document: document.id, delivery }
}

/** A message that died in translation, with its letter. */
export async function landDead(
  { store, clock, deps }: Pick<ApiWorld, 'store' | 'clock' | 'deps'>,
  id: string,
  tenant = 'acme',
) {
  const connection = `${tenant}-shop`
  const body = Buffer.from(JSON.stringify({ id, email: 'jane@example.com' }))
  await store.messages.insert({
    ...{
      id,
      tenant,
      connection,
      topic: 'orders/create',
      via: 'webhook',
      dedupeKey: id,
      receivedAt: clock.now(),
      headers: {},
    },
    body,
  })
  const claim = { token: `t-${id}`, now: clock.now(), until: clock.now() + 1_000 }
  await store.messages.claim(id, claim)
  const error = new HubError('MAPPING_MISSING', {
    detail: 'The currency is missing.',
    fingerprint: '/currency',
  })
  const park = createPark({ store, clock, telemetry: deps.telemetry, directory: deps.directory })
  const letter = await park({
    kind: 'message',
    subject: id,
    tenant,
    connection,
    connector: 'shop',
    topic: 'orders/create',
    error,
  })
  await store.messages.settle(id, claim.token, {
    state: 'dead',
    reason: error.code,
    attempt: { at: clock.now(), ms: 1, outcome: error.code },
  })
  return letter
}
