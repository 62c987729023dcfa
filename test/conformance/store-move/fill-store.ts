import type { Store } from '#core/contracts/store.ts'
import {
  attemptAt,
  candidate,
  claimOf,
  connection,
  finding,
  inTurn,
  key,
  letter,
  MINUTE,
  message,
  published,
  stockItem,
  T0,
  wanted,
} from '../store/samples.ts'

/** A character of two units that the bound of a detail cuts in half. */
const CUT_DETAIL = `${'x'.repeat(499)}😀`

/** Every noun, with what is easily lost on the way: order, what only the store knows, odd names, odd bytes. */
export async function fillStore(store: Store): Promise<void> {
  for (const fill of [
    messages,
    documents,
    deliveries,
    deadLetters,
    accounts,
    work,
    observed,
    stock,
    forgotten,
  ])
    await fill(store)
}

/** Several are received at the same time: only the order of arrival tells them apart. */
async function messages({ messages }: Store): Promise<void> {
  const odd = { connection: 'odd.$place', topic: 'täglich/.', headers: { 'x-dotted.name': '☃', $set: '1' } }
  const body = Buffer.from([0, 255, 0xc3, 0x28])
  await messages.insert(message('bytes', { ...odd, via: 'backfill', body }))
  await messages.insert(message('empty', { ...odd, body: Buffer.alloc(0) }))
  await messages.insert(message('held-by-the-dead', { priority: 1 }))
  await inTurn(['b', 'a', 'c', 'edited', 'dead', 'cut', 'later'], id =>
    messages.insert(message(id, { receivedAt: T0 + 1, eventAt: T0 - 5, priority: 7 })),
  )
  await messages.reopen('edited', T0 + 2, { body: Buffer.from('{"edited":"\u0000"}'), by: 'key-1' })
  const settle = async (id: string, outcome: Parameters<Store['messages']['settle']>[2]) => {
    await messages.claim(id, claimOf(id, T0 + 5))
    await messages.settle(id, id, outcome)
  }
  await settle('a', { state: 'done', documents: ['order:1', 'order:0'], attempt: attemptAt(T0 + 6) })
  await settle('dead', { state: 'dead', reason: 'MAPPING_MISSING', spend: true, attempt: attemptAt(T0 + 6) })
  await settle('later', { state: 'pending', nextAt: T0 + 90 * MINUTE, attempt: attemptAt(T0 + 6) })
  await settle('cut', { state: 'skipped', reason: 'SUPERSEDED', attempt: { at: T0, detail: CUT_DETAIL } })
  await messages.claim('held-by-the-dead', claimOf('dead-process', T0 + 5))
}

async function documents({ documents }: Store): Promise<void> {
  await inTurn(['2', '1', '3'], externalId =>
    documents.upsert(candidate(externalId, { number: externalId === '3' ? undefined : '#7' }), T0),
  )
  const body = { 'dotted.name': { $inc: [1, null, 0.1, { deep: ['😀'] }] }, nothing: null, cut: '\ud83d' }
  const order = { revision: T0 + 1, event: T0 + 1, arrival: T0 + 1 }
  const mapping = { id: 'storefronts/shopify/order', version: 2, overlays: ['acme.overlay.yaml@1'] }
  await documents.upsert(candidate('1', { body, order, mapping, dependsOn: ['order:0'] }), T0 + 9)
}

async function deliveries({ deliveries }: Store): Promise<void> {
  const ids = ['z', 'y', 'waiting', 'held', 'parked', 'confirmed', 'again']
  await inTurn(ids, id => deliveries.want(wanted(id), T0))
  const settle = async (id: string, outcome: Parameters<Store['deliveries']['settle']>[2]) => {
    await deliveries.claim(id, claimOf(id, T0 + 5))
    await deliveries.settle(id, id, outcome)
  }
  const attempt = attemptAt(T0 + 6)
  await settle('waiting', { state: 'waiting', waitsFor: 'order:0', nextAt: T0 + 80 * MINUTE, attempt })
  await settle('held', { state: 'held', reason: 'CONNECTION_PAUSED', attempt })
  await settle('parked', { state: 'dead', reason: 'PUSH_REFUSED', spend: true, attempt })
  await settle('confirmed', { state: 'confirmed', revision: 1, attempt })
  await settle('again', { state: 'confirmed', revision: 1, attempt })
  await deliveries.want(wanted('again', { revision: 4 }), T0 + 7)
  await deliveries.want(wanted('uncertain', { priority: 1, destination: 'odd.$place' }), T0)
  await deliveries.claim('uncertain', claimOf('dead-process', T0 + 5))
}

async function deadLetters({ deadLetters }: Store): Promise<void> {
  await inTurn(['n', 'm', 'o'], subject => deadLetters.open(letter(subject, { cause: `cause-${subject}` })))
  await deadLetters.open(
    letter('n', { at: T0 + 3, cause: 'cause-m', document: 'order:1', resource: 'order' }),
  )
  const held = { rule: 'fraud', owner: 'finance', dueAt: T0 + 5, escalateTo: 'head' }
  await deadLetters.open(letter('held', { ...held, cause: 'cause-h', at: T0 + 3 }))
  await deadLetters.escalate('letter-held', T0 + 6)
  await deadLetters.close('letter-o', 'discarded', 'key-1', T0 + 4, 'Not ours.')
}

async function accounts({ connections, keys, audit, mappings }: Store): Promise<void> {
  await inTurn(['shop', 'erp', 'odd.$place'], id => connections.put(connection(id)))
  await connections.patch('erp', {
    ...{ secrets: { 'a.b': 'v1.sealed=' }, state: 'paused', stateReason: 'Stocktaking.' },
    tables: { 'storefronts/shopify/order': { gateways: { 'a.b': 'card', $x: 1 } } },
  })
  await inTurn(['k2', 'k1'], id => keys.put(key(id, { label: id, expiresAt: T0 + 500 * MINUTE })))
  await keys.revoke('k2', T0 + 1)
  await inTurn([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], at =>
    audit.append({
      at: T0 + at,
      actor: 'key-1',
      action: 'key.create',
      subject: `k${at}`,
      detail: { 'a.b': at },
    }),
  )
  await mappings.publish(published({ note: 'first' }), 0)
  await mappings.publish(published({ text: '' }), 1)
  await mappings.publish(published({ scope: 'tenant:acme', mapping: 'a/b' }), 0)
}

async function work({ cursors, links, leases }: Store): Promise<void> {
  await cursors.put({ connection: 'shop', resource: 'order', value: '2026-01-15', updatedAt: T0 })
  await cursors.put({ connection: 'shop', resource: 'inventory', value: '', updatedAt: T0 })
  await cursors.put({ connection: 'Shop', resource: 'order', value: '{"a.b":1}', updatedAt: T0 })
  for (const document of ['order:1', 'order:ä', 'order:"1"'])
    for (const at of ['shop', 'erp'])
      await links.put({ document, connection: at, externalId: `${at}.${document}`, createdAt: T0 })
  await leases.acquire('poll:shop', 'process-1', T0, T0 + 1)
  await leases.acquire('poll:shop', 'process-2', T0 + 2, T0 + 3)
  await leases.release('poll:shop', 'process-2')
  await leases.acquire('poll:erp', 'process-1', T0, T0 + MINUTE)
}

async function observed({ stats, drift }: Store): Promise<void> {
  const latency = Array.from({ length: 12 }, (_, index) => index)
  await stats.add([
    {
      minute: T0,
      series: 'connection:shop',
      counts: { 'refused.$HMAC%': 2, accepted: 5_000_000_000 },
      latency,
    },
    { minute: T0, series: 'connection:erp', counts: {}, latency: [] },
    { minute: T0 - MINUTE, series: 'flow:orders', counts: { confirmed: 1 }, latency: [0, 1] },
  ])
  await drift.add([finding(), finding({ pointer: '/a.b', lastAt: T0 + 1 }), finding({ value: '' })])
  await drift.add([finding({ count: 2, lastAt: T0 + 2, sample: 'newer' })])
}

async function stock({ stock }: Store): Promise<void> {
  const counts = [{ source: 'odd.$place', location: 'täglich/.', available: 4, at: T0 }]
  const order = { order: 'order:1', channel: 'shop', quantity: 1, at: T0, endsAt: T0 + MINUTE }
  const reservations = [{ ...order, heldAt: { 'odd.$place': T0 } }]
  const offers = { 'odd.$place': { wanted: 3, ceiling: 5, unseen: { quantity: 1, until: T0 + MINUTE } } }
  const tent = stockItem('TENT-2', { counts, reservations, offers, nextAt: T0 + MINUTE })
  await stock.change(tent.id, () => tent)
  await stock.change(tent.id, item => item && { ...item, updatedAt: T0 + 1 })
  for (const { sku, tenant } of [
    { sku: 'ä😀 "1"', tenant: 'acme' },
    { sku: 'TENT-2', tenant: 'Acme' },
  ]) {
    const item = stockItem(sku, { tenant })
    await stock.change(item.id, () => item)
  }
}

async function forgotten({ erasure }: Store): Promise<void> {
  const erased = { at: T0 + MINUTE, by: 'request-1' }
  await erasure.remember([{ digest: 'd1', at: T0, since: T0 + 1 }])
  await erasure.erase('message', 'b', erased)
  await erasure.erase('document', 'order:acme:shop:3', erased)
}
