import { expect, it } from '@jest/globals'
import type { DocumentCandidate, Erased } from '#core/contracts/store.ts'
import { erasedBy, everyoneOf, personSubject } from '#core/documents/subjects.ts'
import type { Subject } from '../store.suite.ts'
import {
  atOnce,
  attemptAt,
  candidate,
  claimOf,
  inTurn,
  letter,
  MINUTE,
  message,
  T0,
  wanted,
} from './samples.ts'

const ADA = 'ada@example.com'
const ADA_AT_SHOP = personSubject('shop', 'email', ADA)!
const ERASED: Erased = { at: T0 + MINUTE, by: 'request-1' }

const orderOf = (id: string, email = ADA, given: Partial<DocumentCandidate> = {}) =>
  candidate(id, { body: { total: '10.00', email, customer: { externalId: `c-${email}` } }, ...given })

const later = (id: string, by: number, body: Record<string, unknown>) => {
  const order = { revision: T0 + by, event: T0 + by, arrival: T0 + by }
  return candidate(id, { order, body })
}

export function erasureSuite(subject: Subject): void {
  const found = async (...subjects: string[]) => (await subject.store.erasure.find(subjects)).items

  it('finds documents by customer, address, telephone, what they depend on, and connection', async () => {
    const { documents } = subject.store
    const order = orderOf('1', 'Ada@Example.COM ')
    await documents.upsert(order, T0)
    await documents.upsert(candidate('2', { body: { shippingAddress: { phone: '+1 (202) 555-0143' } } }), T0)
    await documents.upsert(orderOf('3', 'bob@example.com', { connection: 'market' }), T0)
    const shipment = candidate('s', {
      id: 'shipment:acme:shop:s',
      resource: 'shipment',
      dependsOn: [order.id],
    })
    await documents.upsert(shipment, T0)
    await documents.upsert(candidate('p', { id: 'product:acme:shop:p', resource: 'product' }), T0)
    expect(await found(ADA_AT_SHOP)).toEqual([order.id])
    expect(await found(personSubject('shop', 'customer', 'c-Ada@Example.COM ')!)).toEqual([order.id])
    expect(await found(personSubject('shop', 'phone', '0012025550143')!)).toEqual(['order:acme:shop:2'])
    expect(await found(personSubject('market', 'email', ADA)!)).toEqual([])
    expect(await found(order.id)).toEqual([shipment.id])
    expect(await found(everyoneOf('shop'))).toEqual([order.id, 'order:acme:shop:2', shipment.id])
  })

  it('finds by several at once, each document once, page by page', async () => {
    await inTurn([1, 2, 3, 4, 5], n => subject.store.documents.upsert(orderOf(`${n}`), T0))
    const subjects = [ADA_AT_SHOP, everyoneOf('shop')]
    const first = await subject.store.erasure.find(subjects, { limit: 3 })
    const rest = await subject.store.erasure.find(subjects, { limit: 3, after: first.next! })
    expect([first.total, first.items.length, rest.items.length, rest.next]).toEqual([5, 3, 2, null])
    expect(new Set([...first.items, ...rest.items]).size).toBe(5)
  })

  it('follows a document whose person changes', async () => {
    const { documents } = subject.store
    await documents.upsert(orderOf('1'), T0)
    await documents.upsert(later('1', 1, { email: 'bob@example.com' }), T0 + 1)
    expect(await found(ADA_AT_SHOP)).toEqual([])
    expect(await found(personSubject('shop', 'email', 'bob@example.com')!)).toHaveLength(1)
    await documents.upsert(later('1', 0.5, { email: ADA }), T0 + 2)
    expect(await found(ADA_AT_SHOP)).toEqual([])
  })

  it('leaves the figures of an erased document, which is found by who asked and takes no revision any more', async () => {
    const { documents, erasure } = subject.store
    await documents.upsert(orderOf('1'), T0)
    expect(await erasure.erase('document', 'order:acme:shop:1', ERASED)).toBe(true)
    expect(await erasure.erase('document', 'order:acme:shop:1', ERASED)).toBe(false)
    const left = await documents.get('order:acme:shop:1')
    expect(left).toMatchObject({ body: { total: '10.00' }, revision: 1, erased: ERASED })
    expect(JSON.stringify(left)).not.toContain(ADA)
    expect(await found(ADA_AT_SHOP)).toEqual([])
    expect(await found(erasedBy('request-1'))).toEqual(['order:acme:shop:1'])
    const news = later('1', 9, { total: '9.00', email: ADA })
    expect(await documents.upsert(news, T0 + 9)).toMatchObject({ outcome: 'erased', document: left! })
    const merge = (_: unknown, given: DocumentCandidate) => given
    expect(await documents.upsert(news, T0 + 9, merge)).toMatchObject({ outcome: 'erased' })
    expect(await documents.get('order:acme:shop:1')).toEqual(left)
  })

  it('does not let an erased document come back, however many write at the same moment', async () => {
    const { documents, erasure } = subject.store
    await documents.upsert(orderOf('1'), T0)
    await atOnce<unknown>(20, n =>
      n === 7
        ? erasure.erase('document', 'order:acme:shop:1', ERASED)
        : documents.upsert(later('1', n, { email: ADA, n }), T0 + n),
    )
    const left = await documents.get('order:acme:shop:1')
    expect(left?.erased).toEqual(ERASED)
    expect(JSON.stringify(left)).not.toContain(ADA)
  })

  it('empties a message and keeps its accounting, also while it is claimed', async () => {
    const { messages, erasure } = subject.store
    await messages.insert(message('m', { headers: { 'x-name': 'Ada' }, body: Buffer.from(ADA) }))
    await messages.reopen('m', T0, { body: Buffer.from(`edited ${ADA}`), by: 'key-1' })
    await messages.claim('m', claimOf('t'))
    expect(await erasure.erase('message', 'm', ERASED)).toBe(true)
    expect(await erasure.erase('message', 'm', ERASED)).toBe(false)
    expect(await erasure.erase('message', 'unknown', ERASED)).toBe(false)
    const attempt = { ...attemptAt(T0), detail: 'ended' }
    expect(await messages.settle('m', 't', { state: 'done', documents: ['d'], attempt })).toBe(true)
    const left = await messages.get('m')
    expect(left).toMatchObject({ state: 'done', headers: {}, erased: ERASED, documents: ['d'] })
    expect([left?.body.length, left?.edited]).toEqual([0, undefined])
    const { items } = await messages.list({ document: 'd' })
    expect(items).toMatchObject([{ id: 'm', erased: ERASED, bytes: ADA.length, edited: false }])
    expect([await erasure.messages('request-1'), await erasure.messages('request-2')]).toEqual([1, 0])
    expect(await messages.insert(message('m'))).toBe('duplicate')
  })

  it('ends a dead message with its letter, and takes the words of both', async () => {
    const { messages, deadLetters, erasure } = subject.store
    await messages.insert(message('m'))
    await messages.claim('m', claimOf('t'))
    const attempt = { ...attemptAt(T0, 'MAPPING_TYPE'), detail: `It is ${ADA}.` }
    await messages.settle('m', 't', { state: 'dead', reason: 'MAPPING_TYPE', attempt })
    await deadLetters.open(letter('m', { summary: `It is ${ADA}.`, title: `It is ${ADA}` }))
    expect(await erasure.erase('message', 'm', ERASED)).toBe(true)
    expect(await erasure.erase('letter', 'letter-m', ERASED)).toBe(true)
    expect(await erasure.erase('letter', 'letter-m', ERASED)).toBe(false)
    expect(await messages.get('m')).toMatchObject({ state: 'skipped', reason: 'ERASED' })
    expect(await deadLetters.get('letter-m')).toMatchObject({ state: 'resolved', closedBy: 'system' })
    const { rows } = await subject.store.upkeep.backlog()
    expect(rows).toMatchObject([{ kind: 'message', state: 'skipped', count: 1 }])
    const left = JSON.stringify([await messages.get('m'), await deadLetters.get('letter-m')])
    expect(left).not.toContain(ADA)
  })

  it('lets no delivery go on by itself, but for one that is under way', async () => {
    const { deliveries, erasure, upkeep } = subject.store
    const attempt = { ...attemptAt(T0), detail: `Refused: ${ADA}.` }
    for (const id of ['fresh', 'failing', 'dead', 'lapsing', 'held', 'confirmed', 'claimed'])
      await deliveries.want(wanted(id), T0)
    const settle = async (id: string, outcome: object) => {
      await deliveries.claim(id, claimOf(id))
      await deliveries.settle(id, id, { attempt, ...outcome } as never)
    }
    await settle('failing', { state: 'pending', nextAt: T0 + 1 })
    await settle('dead', { state: 'dead' })
    await settle('held', { state: 'held' })
    await settle('lapsing', { state: 'confirmed', revision: 1, nextAt: T0 + 1 })
    await settle('confirmed', { state: 'confirmed', revision: 1 })
    await deliveries.claim('claimed', claimOf('t', T0, T0 + 9 * MINUTE))
    const states: unknown[] = []
    for (const id of ['fresh', 'failing', 'dead', 'held', 'lapsing', 'confirmed', 'claimed']) {
      await erasure.erase('delivery', id, ERASED)
      states.push((await deliveries.get(id))!.state)
    }
    expect(states).toEqual([...Array(4).fill('skipped'), 'confirmed', 'confirmed', 'pending'])
    expect(await upkeep.due('deliver', T0 + 5 * MINUTE, 10)).toEqual([])
    expect(await deliveries.settle('claimed', 't', { state: 'confirmed', revision: 1, attempt })).toBe(true)
    expect(await erasure.erase('delivery', 'claimed', ERASED)).toBe(true)
    expect(await erasure.erase('delivery', 'claimed', ERASED)).toBe(false)
    expect(JSON.stringify((await deliveries.list({})).items)).not.toContain(ADA)
  })

  it('remembers digests once, for the latest time that counts and since when that counts', async () => {
    const { erasure } = subject.store
    await erasure.remember([{ digest: 'a', at: T0, since: T0 }])
    await atOnce(5, n => erasure.remember([{ digest: 'a', at: T0 + n, since: T0 + 10 + n }]))
    await erasure.remember([
      { digest: 'a', at: T0 + 4, since: T0 + 99 },
      { digest: 'b', at: T0, since: T0 },
    ])
    await erasure.remember([])
    expect(await erasure.remembered(['a', 'c'])).toEqual([{ digest: 'a', at: T0 + 4, since: T0 + 14 }])
    expect(await erasure.remembered(['a', 'b'])).toHaveLength(2)
    expect(await erasure.remembered([])).toEqual([])
    await erasure.scrub()
  })

  it('has nothing to index in what it wrote itself', async () => {
    await subject.store.documents.upsert(orderOf('1'), T0)
    await subject.store.documents.upsert(
      candidate('p', { id: 'product:acme:shop:p', resource: 'product' }),
      T0,
    )
    expect(await subject.store.erasure.index(10)).toBe(0)
  })
}
