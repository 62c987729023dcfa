import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { PrivacyRequest } from '#core/contracts/connector.ts'
import type { StoredDocument } from '#core/contracts/store.ts'
import { deadLetterId, deliveryId } from '#core/kernel/ids.ts'
import type { ProbePoint } from '#core/kernel/probe.ts'
import { type EngineHarness, type EngineStore, engineHarness, LEASE_MS } from '../support/engine-harness.ts'

const ADA = 'ada.lovelace@example.com'
const WHO = /ada\.lovelace|Lovelace|c-ada/i

const bodyOf = (who: string, placedAt = '2026-01-01T00:00:00Z') => ({
  ...{ placedAt, total: '42.00', email: `${who}@example.com` },
  customer: { externalId: `c-${who}`, name: `${who} Lovelace` },
  shippingAddress: { name: 'Lovelace', line1: '12 St James’s Square', country: 'GB' },
})

const orderOf = (id: string, who = 'ada.lovelace', rev = 1) => ({ id, rev, body: { ...bodyOf(who), rev } })

const shipmentOf = (order: string) => ({
  ...{ id: `s-${order}`, rev: 1, resource: 'shipment' as const },
  body: { shipTo: { name: 'Lovelace' }, packages: [] },
  dependsOn: [{ resource: 'order', externalId: order }],
})

const ERASE_ADA: PrivacyRequest = {
  ...{ act: 'erase', days: 30 },
  person: { ids: ['c-ada.lovelace'], emails: [ADA], orders: ['1', 'never-seen'] },
}
const ERASE_ALL: PrivacyRequest = { act: 'erase', days: 30 }

const idOf = (resource: string, id: string) => `${resource}:acme:shop:${id}`

/** Who is erased is erased everywhere and stays so: on any store. */
export function privacySuite(name: string, store: EngineStore): void {
  describe(`erasure on ${name}`, () => {
    let hub: EngineHarness

    beforeEach(async () => {
      hub = await engineHarness(store)
    })
    afterEach(() => hub.close())

    const ask = (privacy: PrivacyRequest, dedupeKey?: string) =>
      hub.receive({ id: 'request', privacy }, dedupeKey === undefined ? {} : { dedupeKey })

    /** All that is due now and once those who were at work have ended. */
    async function settle(): Promise<void> {
      await hub.drain()
      await hub.clock.advance(LEASE_MS + 1)
      await hub.drain()
    }

    const documentOf = async (resource: string, id: string) =>
      (await hub.store.documents.get(idOf(resource, id))) as StoredDocument

    /** Everything that the store shows. */
    async function everything(): Promise<string> {
      const { messages, documents, deliveries, deadLetters, audit, drift } = hub.store
      const page = { limit: 1_000 }
      const summaries = (await messages.list({}, page)).items
      const whole = await Promise.all(summaries.map(({ id }) => messages.get(id)))
      const rest = [
        await documents.list({}, page),
        await deliveries.list({}, page),
        await deadLetters.list({}, page),
        await audit.list(page),
        await drift.list({}, page),
      ]
      return JSON.stringify([whole.map(message => ({ ...message, body: String(message?.body) })), rest])
    }

    const erasures = async () =>
      (await hub.store.audit.list()).items.filter(({ action }) => action === 'privacy.erased')

    it('takes a person out of documents, messages, letters and drift, and leaves others and the figures', async () => {
      await hub.receive(orderOf('1'))
      await hub.receive(orderOf('2'))
      await hub.receive(orderOf('3', 'bob'))
      await hub.receive(shipmentOf('1'))
      await hub.receive({ ...orderOf('4'), problem: 'MAPPING_MISSING' })
      await hub.receive(orderOf('5'), { topic: 'ignored' })
      await hub.drain()
      const finding = {
        tenant: 'acme',
        connection: 'shop',
        topic: 'order',
        firstAt: 0,
        lastAt: 0,
        message: 'm',
      }
      await hub.store.drift.add([
        { ...finding, kind: 'new-value', pointer: '/x', value: ADA, count: 1, sample: ADA },
        { ...finding, kind: 'new-value', pointer: '/y', value: 'gift', count: 1, sample: 'gift' },
      ])
      expect(await everything()).toMatch(WHO)
      const request = await ask(ERASE_ADA)
      await settle()
      const left = await everything()
      expect(left.replaceAll(/bob[^"]*Lovelace/g, '').match(/ada\.lovelace|c-ada/i)).toBeNull()
      expect(left).toContain('bob@example.com')
      expect((await documentOf('order', '1')).body).toEqual({
        ...{ placedAt: '2026-01-01T00:00:00Z', total: '42.00', rev: 1, shippingAddress: { country: 'GB' } },
      })
      expect((await documentOf('shipment', 's-1')).body).toEqual({ shipTo: {}, packages: [] })
      expect((await documentOf('order', '3')).erased).toBeUndefined()
      expect((await hub.store.drift.list({})).items.map(({ value }) => value)).toEqual(['gift'])
      expect(await erasures()).toMatchObject([
        { actor: 'system', subject: request, detail: { documents: 3, messages: 5, copies: { erp: 3 } } },
      ])
    })

    it('leaves to a human what other systems hold, and names it', async () => {
      await hub.receive(orderOf('1'))
      await hub.drain()
      const request = await ask(ERASE_ADA)
      await settle()
      const letter = await hub.store.deadLetters.get(deadLetterId('message', request))
      expect(letter).toMatchObject({ state: 'open', code: 'ERASE_COPIES' })
      expect(letter?.summary).toContain('erp (erp-1).')
      expect(await hub.store.messages.get(request)).toMatchObject({ state: 'dead', erased: { by: request } })
    })

    it('ends a request about nobody that is known, and asks nobody for anything', async () => {
      await hub.receive(orderOf('3', 'bob'))
      const request = await ask({ ...ERASE_ADA, person: { ids: ['stranger'], maybeUnknown: true } })
      await hub.drain()
      expect(await hub.store.messages.get(request)).toMatchObject({ state: 'done' })
      expect(await erasures()).toMatchObject([{ detail: { documents: 0, messages: 0, copies: {} } }])
    })

    it('names nobody, and erases nothing, where the request does not say whom', async () => {
      await hub.receive(orderOf('1'))
      await ask({ act: 'erase', days: 30, person: { ids: [] } })
      await settle()
      expect((await documentOf('order', '1')).erased).toBeUndefined()
    })

    it('is done once, however often it is asked', async () => {
      await hub.receive(orderOf('1'))
      await hub.drain()
      const [first, second] = [await ask(ERASE_ADA), await ask(ERASE_ADA)]
      await settle()
      await settle()
      const detail = await Promise.all([first, second].map(id => hub.store.messages.get(id)))
      expect(detail.map(one => one?.state).toSorted()).toEqual(['dead', 'done'])
      const counts = (await erasures()).map(one => one.detail['documents'])
      expect(counts.toSorted()).toEqual([0, 1])
    })

    it.each([
      ['a newer revision of an erased order', orderOf('1', 'ada.lovelace', 9)],
      ['an old order that was not known', orderOf('old')],
      ['an order that the request named', orderOf('never-seen', 'ada.king')],
      ['a parcel of an erased order', shipmentOf('1')],
    ])('does not let %s bring the person back', async (_case, late) => {
      await hub.receive(orderOf('1'))
      await ask(ERASE_ADA)
      await settle()
      const sent = hub.erp.operations.length
      const id = await hub.receive(late)
      await hub.drain()
      expect(await hub.store.messages.get(id)).toMatchObject({
        ...{ state: 'skipped', reason: 'ERASED', headers: {}, erased: { by: 'late arrival' } },
      })
      expect(await everything()).not.toMatch(/ada\.|Lovelace/)
      expect(hub.erp.operations.length).toBe(sent)
    })

    it('takes one person out of a message of many, and lets the others through', async () => {
      await ask(ERASE_ADA)
      await hub.drain()
      const id = await hub.receive([orderOf('1'), orderOf('3', 'bob')])
      await hub.drain()
      expect(await hub.store.messages.get(id)).toMatchObject({
        state: 'done',
        erased: { by: 'late arrival' },
      })
      expect((await documentOf('order', '3')).body).toMatchObject({ email: 'bob@example.com' })
      expect(hub.erp.records.size).toBe(1)
    })

    it('takes somebody who buys again as a new customer', async () => {
      await ask(ERASE_ADA)
      await settle()
      const placedAt = new Date(hub.clock.now() + 1_000).toISOString()
      await hub.receive({ id: 'new', rev: 1, body: bodyOf('ada.lovelace', placedAt) })
      await hub.drain()
      expect((await documentOf('order', 'new')).body).toMatchObject({ email: ADA })
      expect(hub.erp.records.size).toBe(1)
    })

    it('sends nothing of an erased order that was not delivered yet, not even when asked to', async () => {
      hub.erp.always = () => new Promise(() => undefined) as never
      hub.connections.set('erp', { ...hub.connections.get('erp')!, state: 'paused' })
      await hub.receive(orderOf('1'))
      await hub.drain()
      await ask(ERASE_ADA)
      await settle()
      const delivery = deliveryId(idOf('order', '1'), 'erp')
      expect(await hub.store.deliveries.get(delivery)).toMatchObject({ state: 'skipped', reason: 'ERASED' })
      hub.connections.set('erp', { ...hub.connections.get('erp')!, state: 'active' })
      await hub.store.deliveries.reopen(delivery, hub.clock.now())
      await hub.drain()
      expect(await hub.store.deliveries.get(delivery)).toMatchObject({ state: 'skipped', reason: 'ERASED' })
      expect(hub.erp.operations).toEqual([])
    })

    it.each<ProbePoint>(['translate:claimed', 'translate:stored', 'translate:planned'])(
      'catches an order that is under way at %s',
      async point => {
        hub.hangs.add(point)
        await hub.receive(orderOf('1'))
        await hub.drain()
        hub.hangs.clear()
        const request = await ask(ERASE_ADA)
        await settle()
        await settle()
        expect(await everything()).not.toMatch(WHO)
        // What was planned before the request was sent before it, too.
        expect(hub.erp.operations).toHaveLength(point === 'translate:planned' ? 1 : 0)
        expect(['done', 'dead']).toContain((await hub.store.messages.get(request))?.state)
      },
    )

    it('catches what somebody who was at work all the while links in the end', async () => {
      await hub.receive(orderOf('1'))
      await hub.drain()
      const slow = await hub.receive(orderOf('1', 'ada.lovelace', 2))
      const { messages } = hub.store
      await messages.claim(slow, { token: 't', now: hub.clock.now(), until: hub.clock.now() + LEASE_MS })
      await ask(ERASE_ADA)
      await hub.drain()
      const attempt = { at: hub.clock.now(), detail: `It is ${ADA}.` }
      await messages.settle(slow, 't', { state: 'done', documents: [idOf('order', '1')], attempt })
      await hub.clock.advance(LEASE_MS + 1)
      await hub.drain()
      expect(await everything()).not.toMatch(WHO)
    })

    it.each<ProbePoint>([
      'privacy:remembered',
      'privacy:message',
      'privacy:document',
      'privacy:erased',
      'privacy:audited',
      'privacy:forgotten',
    ])('goes on where a process died at %s, and tells the same', async point => {
      await hub.receive(orderOf('1'))
      await hub.receive(orderOf('2'))
      await hub.receive(shipmentOf('1'))
      await hub.drain()
      const request = await ask(ERASE_ADA)
      hub.hangs.add(point)
      await settle()
      hub.hangs.clear()
      await settle()
      await settle()
      expect(await everything()).not.toMatch(WHO)
      expect(await hub.store.messages.get(request)).toMatchObject({ state: 'dead', reason: 'ERASE_COPIES' })
      expect(await erasures()).toMatchObject([{ detail: { documents: 3, messages: 3, copies: { erp: 3 } } }])
    })

    it('erases everybody of a connection, and takes what comes after it is connected again', async () => {
      for (const who of ['ada.lovelace', 'bob', 'grace']) await hub.receive(orderOf(who, who))
      await hub.receive({ id: 'sku', rev: 1, resource: 'inventory', body: { sku: 'A', available: 3 } })
      await hub.receive(orderOf('5'), { topic: 'ignored' })
      await hub.drain()
      await ask(ERASE_ALL)
      await settle()
      expect(await everything()).not.toMatch(/Lovelace|@example/)
      expect((await documentOf('inventory', 'sku')).body).toEqual({ sku: 'A', available: 3 })
      await hub.receive(orderOf('old', 'bob'), { receivedAt: hub.clock.now() + 1 })
      await hub.clock.advance(2)
      await hub.drain()
      expect((await documentOf('order', 'old')).body).toMatchObject({ email: 'bob@example.com' })
    })

    it('keeps a data request open for a human until it is done, with its due date', async () => {
      const id = await ask({ ...ERASE_ADA, act: 'hand-over' })
      await hub.drain()
      const letter = await hub.store.deadLetters.get(deadLetterId('message', id))
      expect(letter).toMatchObject({ state: 'open', code: 'PRIVACY_REQUEST' })
      expect(letter?.summary).toMatch(/Do it\. By \d{4}-\d\d-\d\d\.$/)
    })
  })
}
