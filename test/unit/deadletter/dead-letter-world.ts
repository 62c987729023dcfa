import { createRecordAct } from '#core/accounts/audit.ts'
import type { Principal } from '#core/accounts/roles.ts'
import type { DeadLetter, NewMessage, Store, WantedDelivery } from '#core/contracts/store.ts'
import { maskPersonal } from '#core/deadletter/mask.ts'
import { createDeadLetterOperations } from '#core/deadletter/operations.ts'
import { createPark } from '#core/deadletter/park.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { ErrorCode } from '#core/errors/register.ts'
import { ManualClock } from '#core/kernel/clock.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'

export const OPERATOR: Principal = { id: 'key_operator', role: 'operator' }

/** A real store in memory, the operations on it, and the few moves of the engine that lead to dead letters. */
export function deadLetterWorld() {
  const store = openSqliteStore({ url: ':memory:', engine: true })
  const clock = new ManualClock()
  const queued: string[] = []
  let counter = 0
  const newId = () => `id-${++counter}`
  const queue = {
    enqueue: async (topic: string, id: string, options = {}) =>
      void queued.push(`${topic} ${id} ${JSON.stringify(options)}`),
  }
  const telemetry = {
    attempt: () => undefined,
    count: () => undefined,
    observe: () => undefined,
    log: () => undefined,
  }
  const directory = { get: async () => null }
  const refreshed: string[] = []
  const park = createPark({ store, clock, telemetry, directory })
  const operations = createDeadLetterOperations({
    ...{ store, queue, clock, newId, maxBodyBytes: 1_000, mask: maskPersonal },
    record: createRecordAct({ store, clock }),
    refresh: id => void refreshed.push(id),
  })

  const claim = () => ({ token: newId(), now: clock.now(), until: clock.now() + 60_000 })
  const failing = (code: ErrorCode) => ({ at: clock.now(), ms: 1, outcome: code })

  /** A message that was parked, as the engine does it: the letter first, then the state. */
  async function deadMessage(
    id = 'm1',
    code: ErrorCode = 'MAPPING_MISSING',
    error = new HubError(code, { fingerprint: '/lines/0/sku' }),
  ): Promise<DeadLetter> {
    await store.messages.insert(message(id, clock.now()))
    return dieAgain(id, code, error)
  }

  async function dieAgain(
    id: string,
    code: ErrorCode = 'MAPPING_MISSING',
    error = new HubError(code, { fingerprint: '/lines/0/sku' }),
  ): Promise<DeadLetter> {
    const taken = claim()
    if (!(await store.messages.claim(id, taken))) throw new Error(`${id} is not due`)
    const letter = await park({
      kind: 'message',
      subject: id,
      tenant: 'acme',
      connection: 'shop',
      connector: 'shopify',
      topic: 'orders/create',
      error,
    })
    await store.messages.settle(id, taken.token, { state: 'dead', reason: code, attempt: failing(code) })
    return letter
  }

  async function deadDelivery(revision = 1): Promise<DeadLetter> {
    await store.deliveries.want(wanted(revision, clock.now()), clock.now())
    const taken = claim()
    await store.deliveries.claim(wanted(1, 0).id, taken)
    const error = new HubError('PARTNER_REFUSED', { detail: 'No such product.' })
    const { id: subject, document, destination } = wanted(1, 0)
    const letter = await park({
      kind: 'delivery',
      subject,
      tenant: 'acme',
      connection: destination,
      connector: 'rest-erp',
      resource: 'order',
      document,
      error,
    })
    await store.deliveries.settle(subject, taken.token, {
      state: 'dead',
      reason: error.code,
      attempt: failing(error.code),
    })
    return letter
  }

  return {
    store: store as Store,
    clock,
    queued,
    refreshed,
    park,
    operations,
    claim,
    deadMessage,
    dieAgain,
    deadDelivery,
  }
}

const message = (id: string, receivedAt: number): NewMessage => ({
  ...{
    id,
    tenant: 'acme',
    connection: 'shop',
    topic: 'orders/create',
    via: 'webhook',
    dedupeKey: id,
    receivedAt,
  },
  headers: { 'x-shop': 'acme' },
  body: Buffer.from('{"id":1,"email":"jane@example.com"}'),
})

export const wanted = (revision: number, receivedAt: number): WantedDelivery => ({
  ...{
    id: 'order:acme:shop:1>erp',
    document: 'order:acme:shop:1',
    resource: 'order',
    tenant: 'acme',
    source: 'shop',
  },
  ...{ destination: 'erp', flow: 'orders', revision, receivedAt, priority: 10 },
})
