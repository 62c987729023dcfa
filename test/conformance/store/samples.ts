import type {
  Attempt,
  Claim,
  DocumentCandidate,
  DriftFinding,
  NewDeadLetter,
  NewMessage,
  Page,
  PageRequest,
  PublishedMapping,
  StockItem,
  StoredConnection,
  StoredKey,
  WantedDelivery,
} from '#core/contracts/store.ts'
import { contentHash } from '#core/kernel/canonical-json.ts'
import { stockId } from '#core/kernel/ids.ts'

/** The moment at which every test begins. */
export const T0 = Date.UTC(2026, 0, 15, 12)
export const MINUTE = 60_000

export const message = (id: string, given: Partial<NewMessage> = {}): NewMessage => ({
  id,
  tenant: 'acme',
  connection: 'shop',
  topic: 'orders/create',
  via: 'webhook',
  dedupeKey: `event-${id}`,
  receivedAt: T0,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(`{"id":"${id}"}`),
  ...given,
})

export const wanted = (id: string, given: Partial<WantedDelivery> = {}): WantedDelivery => ({
  id,
  document: `order:acme:shop:${id}`,
  resource: 'order',
  tenant: 'acme',
  source: 'shop',
  destination: 'erp',
  flow: 'orders',
  revision: 1,
  receivedAt: T0,
  priority: 10,
  ...given,
})

export function candidate(
  externalId: string,
  given: Partial<Omit<DocumentCandidate, 'hash'>> = {},
): DocumentCandidate {
  const document = {
    id: `order:acme:shop:${externalId}`,
    resource: 'order' as const,
    key: `acme:shop:${externalId}`,
    tenant: 'acme',
    connection: 'shop',
    externalId,
    order: { revision: T0, event: T0, arrival: T0 },
    body: { number: externalId, total: '10.00' },
    mapping: { id: 'shopify.order', version: 1 },
    message: `message-of-${externalId}`,
    receivedAt: T0,
    dependsOn: [],
    ...given,
  }
  return { ...document, hash: contentHash(document.body) }
}

export const letter = (subject: string, given: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  id: `letter-${subject}`,
  kind: 'message',
  subject,
  tenant: 'acme',
  connection: 'shop',
  topic: 'orders/create',
  code: 'MAPPING_MISSING',
  cause: 'cause-1',
  summary: 'A required field is missing.',
  title: 'MAPPING_MISSING at shop',
  at: T0,
  ...given,
})

export const connection = (id: string, given: Partial<StoredConnection> = {}): StoredConnection => ({
  id,
  tenant: 'acme',
  connector: 'shopify',
  settings: { shop: `${id}.example` },
  secrets: { token: 'sealed' },
  tables: {},
  state: 'active',
  declared: false,
  updatedAt: T0,
  ...given,
})

export const key = (id: string, given: Partial<StoredKey> = {}): StoredKey => ({
  id,
  kind: 'api',
  role: 'operator',
  digest: `digest-of-${id}`,
  createdAt: T0,
  ...given,
})

export const published = (given: Partial<PublishedMapping> = {}): Omit<PublishedMapping, 'number'> => ({
  mapping: 'storefronts/shopify/order',
  scope: '*',
  text: 'version: 2',
  cases: '',
  by: 'key-1',
  at: T0,
  ...given,
})

export const finding = (given: Partial<DriftFinding> = {}): DriftFinding => ({
  tenant: 'acme',
  connection: 'shop',
  topic: 'orders/create',
  kind: 'new-value',
  pointer: '/financial_status',
  value: 'on_hold',
  count: 1,
  firstAt: T0,
  lastAt: T0,
  sample: 'on_hold',
  message: 'm1',
  ...given,
})

/** As a reducer makes it of nothing: its version is the store's. */
export const stockItem = (sku: string, given: Partial<StockItem> = {}): StockItem => ({
  id: stockId(given.tenant ?? 'acme', sku),
  tenant: 'acme',
  sku,
  version: 0,
  counts: [],
  reservations: [],
  offers: {},
  nextAt: null,
  updatedAt: T0,
  ...given,
})

export const claimOf = (token: string, now = T0, until = now + MINUTE): Claim => ({ token, now, until })

export const attemptAt = (at: number, outcome = 'done'): Attempt => ({ at, ms: 5, phase: 'send', outcome })

/** Runs the same thing many times at once. */
export const atOnce = <T>(times: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => run(index)))

/** One after the other, so that "newest" is certain. */
export async function inTurn<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of items) await run(item)
}

/** All pages, one after the other. */
export async function everyPage<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<T[][]> {
  const pages: T[][] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await list({ limit, after })
    pages.push(items)
    if (next === null) return pages
    after = next
  }
}
