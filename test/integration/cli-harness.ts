import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '#config/load.ts'
import type { NewDeadLetter, Store } from '#core/contracts/store.ts'
import { deadLetterId } from '#core/kernel/ids.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { runHub } from '#workers/cli/run-hub.ts'
import type { World } from '#workers/cli/world.ts'
import { manifests } from '#workers/compose/base.ts'
import { storedConnections } from '#workers/compose/drivers.ts'

export const CONFIG = `
tenants: [{ id: acme, name: Acme Outdoor }, { id: globex, name: Globex }]
connections:
  - id: acme-shopify
    tenant: acme
    connector: shopify
    settings: { shop: acme.myshopify.com }
    secrets: { webhookSecret: "declared-secret" }
flows:
  - { resource: order, from: [acme-shopify], to: [erp] }
security: { allowPrivateHosts: ["127.0.0.1"] }
`

export interface Ran {
  code: number
  out: string
  err: string
  /** What `--json` printed; throws when it was not one JSON value. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  json: any
}

export interface CliOptions {
  yaml?: string
  stdin?: string
  ask?: World['ask']
  /** Aborted when a person would interrupt. */
  interrupted?: AbortSignal
  /** Told of everything that is printed, at once. */
  onOut?: (text: string) => void
  colours?: boolean
}

/** A data folder, command lines that run on it, and the store as a running hub would hold it. */
export function cliWorld() {
  const dataDir = mkdtempSync(join(tmpdir(), 'crossdock-cli-'))
  const opened: Store[] = []

  async function hub(
    line: readonly string[],
    { yaml = CONFIG, stdin = '', ask = null, interrupted, onOut, colours }: CliOptions = {},
  ): Promise<Ran> {
    const printed = { out: '', err: '' }
    const code = await runHub(line, {
      loadConfig: async ({ strict }) =>
        loadConfig({
          env: { HUB_CONFIG: 'hub.yaml', HUB_DATA_DIR: dataDir },
          readFile: () => yaml,
          manifests,
          storedConnections,
          flowEndsMayFollow: !strict,
        }),
      now: () => Date.now(),
      width: 10_000,
      readStdin: async () => Buffer.from(stdin),
      ask,
      ...(colours === undefined ? {} : { colours }),
      interrupted: () => interrupted ?? new AbortController().signal,
      out: text => {
        printed.out += text
        onOut?.(text)
      },
      err: text => {
        printed.err += text
      },
    })
    return {
      ...{ code, ...printed },
      get json() {
        return JSON.parse(printed.out)
      },
    }
  }

  return {
    dataDir,
    hub: (line: string, options?: CliOptions) => hub(line.split(' '), options),
    hubArgs: hub,
    /** As a running hub: the engine's lock is held. */
    store(): Store {
      const store = openSqliteStore({ url: join(dataDir, 'hub.db'), engine: true })
      opened.push(store)
      return store
    },
    async close() {
      for (const store of opened) await store.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type CliWorld = ReturnType<typeof cliWorld>

/** A message that died in translation, with its letter, as the engine leaves it. */
export async function parkMessage(store: Store, id: string, letter: Partial<NewDeadLetter> = {}) {
  const now = Date.now()
  const place = { tenant: 'acme', connection: 'acme-shopify', topic: 'orders/create' }
  const body = Buffer.from(JSON.stringify({ id, name: `#${id}` }))
  await store.messages.insert({
    ...place,
    id,
    via: 'webhook',
    dedupeKey: id,
    receivedAt: now,
    headers: {},
    body,
  })
  await store.messages.claim(id, { token: id, now, until: now + 1_000 })
  const opened = await store.deadLetters.open({
    ...place,
    ...{
      id: deadLetterId('message', id),
      kind: 'message',
      subject: id,
      code: 'MAPPING_MISSING',
      cause: 'cause-1',
    },
    ...{ summary: 'The currency is missing.', title: 'shopify orders: the currency is missing', at: now },
    ...letter,
  })
  const attempt = { at: now, ms: 1, phase: 'before-send' as const, outcome: 'MAPPING_MISSING' }
  await store.messages.settle(id, id, { state: 'dead', reason: 'MAPPING_MISSING', attempt })
  return opened
}

/** An order that arrived and was confirmed by the ERP. */
export async function landOrder(store: Store, { id, number }: { id: string; number: string }) {
  const now = Date.now()
  const place = { tenant: 'acme', connection: 'acme-shopify' }
  const message = `m-${id}`
  const key = `acme:acme-shopify:${id}`
  const document = `order:${key}`
  await store.messages.insert({
    ...{ ...place, id: message, topic: 'orders/create', via: 'webhook', dedupeKey: id, receivedAt: now },
    ...{ headers: {}, body: Buffer.from('{}') },
  })
  await store.documents.upsert(
    {
      ...{ ...place, id: document, resource: 'order', key, externalId: id, number, message, hash: id },
      ...{ order: { revision: 1, event: 1, arrival: 1 }, body: { number }, receivedAt: now, dependsOn: [] },
      mapping: { id: 'storefronts/shopify/order', version: 1 },
    },
    now,
  )
  await store.messages.claim(message, { token: 't', now, until: now + 1_000 })
  const attempt = { at: now, ms: 2, outcome: 'done' }
  await store.messages.settle(message, 't', { state: 'done', documents: [document], attempt })
  const delivery = `${document}>acme-erp`
  await store.deliveries.want(
    {
      ...{
        id: delivery,
        document,
        resource: 'order',
        tenant: 'acme',
        source: 'acme-shopify',
        destination: 'acme-erp',
      },
      ...{ flow: 'orders', revision: 1, receivedAt: now, priority: 10 },
    },
    now,
  )
  await store.deliveries.claim(delivery, { token: 't', now, until: now + 1_000 })
  await store.links.put({ document, connection: 'acme-erp', externalId: 'order-9', createdAt: now })
  await store.deliveries.settle(delivery, 't', { state: 'confirmed', revision: 1, attempt })
  return { message, document, delivery }
}
