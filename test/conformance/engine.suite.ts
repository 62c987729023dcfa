import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { HubError } from '#core/errors/hub-error.ts'
import type { ProbePoint } from '#core/kernel/probe.ts'
import {
  CRASH_LIMIT,
  DEPENDENCY_WAIT_MS,
  type EngineHarness,
  type EngineStore,
  engineHarness,
  LEASE_MS,
} from '../support/engine-harness.ts'

const MINUTE = 60_000
const ORDER = 'order:acme:shop:1'
const DELIVERY = `${ORDER}>erp`

export interface EngineOn {
  name: string
  store: EngineStore
  /** How many orders of arrival are tried. */
  orders: number
}

/** What the engine promises of every store: the same texts of the same tests. */
export function engineSuite({ name, store, orders }: EngineOn): void {
  describe(`the engine on ${name}`, () => {
    let hub: EngineHarness

    beforeEach(async () => {
      hub = await engineHarness(store)
    })
    afterEach(() => hub.close())

    const erpRecord = (id = '1') => hub.erp.records.get(`order:acme:shop:${id}`)

    /** Time goes on in steps, and at each step everything due is done. */
    async function pass(ms: number, step = 10_000): Promise<void> {
      for (let passed = 0; passed < ms; passed += step) {
        await hub.clock.advance(step)
        await hub.drain()
      }
    }

    describe('once', () => {
      it('delivers a message and records link, revision and latency clock', async () => {
        const id = await hub.receive({ id: '1', rev: 1 })
        await hub.drain()
        expect(await hub.store.messages.get(id)).toMatchObject({
          state: 'done',
          documents: [ORDER],
          claims: 0,
        })
        expect(await hub.store.deliveries.get(DELIVERY)).toMatchObject({
          state: 'confirmed',
          confirmedRevision: 1,
          uncertain: false,
        })
        expect(await hub.store.links.get(ORDER, 'erp')).toMatchObject({ externalId: 'erp-1' })
      })

      it('does nothing for a duplicate and for equal content', async () => {
        await hub.receive({ id: '1', rev: 1, body: { total: '1.00' } }, { dedupeKey: 'same' })
        await hub.receive({ id: '1', rev: 1, body: { total: '1.00' } }, { dedupeKey: 'same' })
        await hub.receive({ id: '1', rev: 2, body: { total: '1.00' } })
        await hub.drain()
        expect(hub.erp.operations).toHaveLength(1)
      })

      const points: ProbePoint[] = [
        'translate:claimed',
        'translate:stored',
        'translate:planned',
        'deliver:claimed',
        'deliver:before-send',
        'deliver:sent',
        'deliver:linked',
      ]
      it.each(points)('ends with one record when the process dies at %s', async point => {
        await hub.receive({ id: '1', rev: 1 })
        hub.hangs.add(point)
        await hub.drain()
        hub.hangs.clear()
        await hub.receive({ id: '1', rev: 2 })
        await pass(2 * LEASE_MS)
        expect(hub.erp.created).toEqual([ORDER])
        expect(erpRecord()).toMatchObject({ body: { rev: 2 } })
        expect((await hub.store.deadLetters.list({})).total).toBe(0)
      })

      it('tells the destination when an earlier send may have arrived, and only then', async () => {
        hub.erp.next = [
          operation => {
            hub.erp.store(operation)
            return new HubError('PARTNER_TIMEOUT')
          },
          () => new HubError('PARTNER_THROTTLED', { status: 429, retryAfterMs: 1_000 }),
        ]
        await hub.receive({ id: '1', rev: 1 })
        await hub.drain()
        await pass(MINUTE)
        expect(hub.erp.operations.map(({ uncertain }) => uncertain)).toEqual([false, true, true])
        await hub.receive({ id: '1', rev: 2 })
        await hub.drain()
        expect(hub.erp.operations.at(-1)).toMatchObject({
          uncertain: false,
          externalId: 'erp-1',
          idempotencyKey: ORDER,
        })
      })

      it('is sure that nothing arrived after a clear refusal of the first send', async () => {
        hub.erp.next = [() => new HubError('PARTNER_CONFLICT', { status: 409 })]
        await hub.receive({ id: '1', rev: 1 })
        await hub.drain()
        await pass(MINUTE)
        expect(hub.erp.operations.map(({ uncertain }) => uncertain)).toEqual([false, false])
      })
    })

    describe('in order', () => {
      it('ends in the newest revision for every order of arrival', async () => {
        await fc.assert(
          fc.asyncProperty(
            fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }),
            fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
            async (revisions, drains) => {
              const own = await engineHarness(store)
              for (const [index, rev] of revisions.entries()) {
                await own.receive({ id: '1', rev })
                if (drains[index]) await own.drain()
              }
              await own.drain()
              expect(own.erp.records.get(ORDER)).toMatchObject({ body: { rev: 5 } })
              const stale = await own.store.messages.list({ state: 'stale' })
              const done = await own.store.messages.list({ state: 'done' })
              expect(stale.total + done.total).toBe(5)
              await own.close()
            },
          ),
          { numRuns: orders },
        )
      })

      it('settles a tie of the source clock by the time of the event, then of arrival', async () => {
        await hub.receive({ id: '1', rev: 7, body: { is: 'later event' } }, { eventAt: 2_000 })
        await hub.receive({ id: '1', rev: 7, body: { is: 'earlier event' } }, { eventAt: 1_000 })
        await hub.drain()
        expect(erpRecord()).toMatchObject({ body: { is: 'later event' } })
      })

      it('picks up a revision that arrives during the send', async () => {
        hub.erp.next = [
          async operation => {
            await hub.receive({ id: '1', rev: 2 })
            await hub.translate(
              (await hub.store.messages.list({ state: 'pending' })).items[0]!.id,
              new AbortController().signal,
            )
            return hub.erp.store(operation)
          },
        ]
        await hub.receive({ id: '1', rev: 1 })
        await hub.drain()
        expect(erpRecord()).toMatchObject({ revision: 2, body: { rev: 2 } })
        expect(await hub.store.deliveries.get(DELIVERY)).toMatchObject({
          state: 'confirmed',
          confirmedRevision: 2,
        })
      })
    })

    describe('waiting', () => {
      const refund = {
        id: 'r1',
        rev: 1,
        resource: 'return' as const,
        dependsOn: [{ resource: 'order', externalId: '1' }],
      }

      it('holds a document back until the destination has what it depends on', async () => {
        await hub.receive(refund)
        await hub.drain()
        expect(await hub.store.deliveries.get('return:acme:shop:r1>erp')).toMatchObject({
          state: 'waiting',
          waitsFor: ORDER,
          spent: 0,
        })
        await hub.receive({ id: '1', rev: 1 })
        await hub.drain()
        expect(hub.erp.created).toEqual([ORDER, 'return:acme:shop:r1'])
        expect(hub.erp.operations.at(-1)?.dependencies).toEqual({ [ORDER]: 'erp-1' })
      })

      it('becomes a dead letter that names what it waited for', async () => {
        await hub.receive(refund)
        await hub.drain()
        await pass(DEPENDENCY_WAIT_MS + 2 * MINUTE, MINUTE)
        const { items } = await hub.store.deadLetters.list({ state: 'open' })
        expect(items).toHaveLength(1)
        expect(items[0]).toMatchObject({ code: 'DEPENDENCY_TIMEOUT', kind: 'delivery' })
        expect(items[0]?.summary).toContain(ORDER)
      })
    })

    describe('one bad apple', () => {
      it('parks a message that cannot be mapped, with its document, and goes on', async () => {
        await hub.receive({ id: 'bad', rev: 1, problem: 'MAPPING_MISSING' })
        await hub.receive({ id: '1', rev: 1 })
        await hub.drain()
        expect(hub.erp.created).toEqual([ORDER])
        const { items } = await hub.store.deadLetters.list({ state: 'open' })
        expect(items[0]).toMatchObject({
          kind: 'message',
          code: 'MAPPING_MISSING',
          document: 'order:acme:shop:bad',
        })
      })

      it('resolves the letter when the replayed message succeeds', async () => {
        const id = await hub.receive({ id: '1', rev: 1, problem: 'MAPPING_MISSING' })
        await hub.drain()
        await hub.store.messages.reopen(id, hub.clock.now(), {
          body: Buffer.from(JSON.stringify({ id: '1', rev: 1 })),
          by: 'operator',
        })
        await hub.drain()
        expect((await hub.store.deadLetters.list({})).items).toMatchObject([{ state: 'resolved' }])
        expect(erpRecord()).toBeDefined()
      })

      it('parks work that ended the process as often as the limit allows', async () => {
        await hub.receive({ id: '1', rev: 1 })
        hub.hangs.add('translate:claimed')
        for (let crash = 0; crash < CRASH_LIMIT; crash++) {
          await hub.drain()
          await hub.clock.advance(LEASE_MS + 1)
        }
        hub.hangs.clear()
        await hub.drain()
        expect((await hub.store.deadLetters.list({})).items).toMatchObject([{ code: 'CRASH_LOOP' }])
      })

      it('holds the work of a connection whose credentials fail, and spends nothing on it', async () => {
        hub.erp.next = [() => new HubError('UNAUTHORIZED', { status: 401 })]
        await hub.receive({ id: '1', rev: 1 })
        await hub.receive({ id: '2', rev: 1 })
        await hub.drain()
        expect((await hub.store.deliveries.list({ state: 'held' })).total).toBe(2)
        expect(hub.erp.operations).toHaveLength(1)
        hub.connections.set('erp', { ...hub.connections.get('erp')!, state: 'active' })
        await hub.store.deliveries.wake({ heldAt: 'erp' }, hub.clock.now())
        await hub.drain()
        expect(hub.erp.created).toHaveLength(2)
      })

      it('skips a topic that nothing handles, with the reason', async () => {
        const id = await hub.receive({ id: '1' }, { topic: 'ignored' })
        await hub.drain()
        expect(await hub.store.messages.get(id)).toMatchObject({ state: 'skipped', reason: 'TOPIC_IGNORED' })
      })
    })

    describe('a dead destination', () => {
      it('loses and parks nothing in ten minutes of outage, keeps the backlog visible, and drains by itself', async () => {
        hub.erp.always = () => new HubError('PARTNER_UNREACHABLE')
        for (let n = 0; n < 60; n++) {
          await hub.receive({ id: String(n), rev: 1 })
          await pass(10_000)
        }
        const backlog = await hub.store.upkeep.backlog()
        expect(backlog.rows.find(row => row.kind === 'delivery' && row.state === 'pending')).toMatchObject({
          connection: 'erp',
          count: 60,
        })
        expect(hub.erp.operations.length).toBeLessThan(60)
        hub.erp.always = undefined
        await pass(20 * MINUTE)
        expect(hub.erp.created).toHaveLength(60)
        expect((await hub.store.deadLetters.list({})).total).toBe(0)
        expect((await hub.store.deliveries.list({ state: 'confirmed' })).total).toBe(60)
      })
    })
  })
}
