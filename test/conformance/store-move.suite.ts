import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Store, StoredAuditEntry } from '#core/contracts/store.ts'
import { brokenEntry } from '#core/store/audit-chain.ts'
import { type MoveReport, moveStore } from '#core/store/move/move-store.ts'
import type { MoveTarget } from '#core/store/move/sides.ts'
import { inTurn, MINUTE, message, T0, wanted } from './store/samples.ts'
import { fillStore } from './store-move/fill-store.ts'
import type { Place } from './store-move/places.ts'
import { NOW, wholeStore } from './store-move/whole-store.ts'

/** Everything that a move promises, from any driver to any. */
export function storeMoveSuite(from: Place, to: Place): void {
  describe(`a move from ${from.driver} to ${to.driver}`, () => {
    let source: string
    let target: string

    beforeEach(async () => {
      ;[source, target] = [from.address(), to.address()]
      await on(from, source, fillStore)
    }, 30_000)
    afterEach(async () => {
      await from.remove(source)
      await to.remove(target)
    })

    const on = async <T>(place: Place, address: string, use: (store: Store) => Promise<T>): Promise<T> => {
      const store = await place.open(address)
      try {
        return await use(store)
      } finally {
        await store.close()
      }
    }

    /** `through` may change what the target does. */
    async function move(through = (given: MoveTarget) => given): Promise<MoveReport> {
      const there = await from.source(source, NOW)
      try {
        const here = await to.target(target)
        try {
          return await moveStore({ source: there, target: through(here) })
        } finally {
          await here.close()
        }
      } finally {
        await there.close()
      }
    }

    const bothWhole = async () => ({
      there: await on(from, source, wholeStore),
      here: await on(to, target, wholeStore),
    })

    it('carries every noun, in order, with counts and digests that are equal', async () => {
      const report = await move()
      expect(report.tables.filter(({ equal, source: { count } }) => !equal || count === 0)).toEqual([])
      expect(report).toMatchObject({ equal: true, resumed: false })
      const { there, here } = await bothWhole()
      expect(here).toEqual(there)
    }, 30_000)

    it('keeps the audit chain, which goes on', async () => {
      await move()
      const entries = await on(to, target, async ({ audit }) => {
        await audit.append({ at: NOW, actor: 'cli', action: 'store.move', subject: 'here', detail: {} })
        return (await audit.list({ limit: 1_000 })).items
      })
      expect(entries).toHaveLength(12)
      expect(brokenEntry(entries.toReversed() as StoredAuditEntry[])).toBeNull()
    }, 30_000)

    it('keeps the tokens of leases growing, and who holds one', async () => {
      await move()
      await on(to, target, async ({ leases }) => {
        expect(await leases.acquire('poll:erp', 'process-3', T0 + 1, NOW)).toBeNull()
        expect(await leases.acquire('poll:shop', 'process-3', T0 + 4, NOW)).toMatchObject({ token: 3 })
      })
    }, 30_000)

    it('frees what a dead process had claimed, and leaves its delivery uncertain', async () => {
      await move()
      await on(to, target, async ({ messages, deliveries }) => {
        const claim = { token: 't', now: T0 + 6, until: NOW }
        expect(await messages.settle('held-by-the-dead', 'dead-process', skipped)).toBe(false)
        expect(await messages.claim('held-by-the-dead', claim)).toMatchObject({ claims: 2 })
        expect(await deliveries.claim('uncertain', claim)).toMatchObject({ claims: 2, uncertain: true })
      })
    }, 30_000)

    it('lets what arrives afterwards stand before what was moved, and knows what is there already', async () => {
      await move()
      await on(to, target, async ({ messages, deliveries, connections }) => {
        expect(await messages.insert(message('a'))).toBe('duplicate')
        await messages.insert(message('new', { receivedAt: NOW }))
        await deliveries.want(wanted('new'), NOW)
        const newest = [await messages.list({}, { limit: 1 }), await deliveries.list({}, { limit: 1 })]
        expect(newest.map(({ items }) => items[0]?.id)).toEqual(['new', 'new'])
        expect((await connections.list()).items.map(({ id }) => id)).toEqual(['odd.$place', 'erp', 'shop'])
      })
    }, 30_000)

    it('keeps messages by time of receipt where the clock went back', async () => {
      await on(from, source, ({ messages }) =>
        inTurn([3, 1, 2, 1], at => messages.insert(message(`back-${at}`, { receivedAt: T0 + at * MINUTE }))),
      )
      expect(await move()).toMatchObject({ equal: true })
      const list = ({ messages }: Store) => messages.list({ from: 0 }, { limit: 1_000 })
      const ids = async (place: Place, address: string) =>
        (await on(place, address, list)).items.map(({ id }) => id)
      expect(await ids(to, target)).toEqual(await ids(from, source))
    }, 30_000)

    it('goes on wherever it was interrupted, and nothing is there twice', async () => {
      let lives = 0
      const dying = (given: MoveTarget): MoveTarget => ({
        ...given,
        async write(table, rows, progress) {
          await given.write(table, rows, progress)
          throw new Error('The process died.')
        },
      })
      let report: MoveReport | undefined
      while (!report && lives++ < 50) report = await move(dying).catch(() => undefined)
      expect(lives).toBeGreaterThan(10)
      expect(report).toMatchObject({ equal: true, resumed: true })
      const { there, here } = await bothWhole()
      expect(here).toEqual(there)
    }, 60_000)

    it('is told from a store until it has ended: no hub opens the target, no other move goes there or from there', async () => {
      await expect(move(lastWords)).rejects.toThrow('The process died.')
      await expect(to.open(target)).rejects.toMatchObject({ code: 'STORE_HALF_MOVED' })
      await expect(to.source(target, NOW)).rejects.toMatchObject({ code: 'STORE_HALF_MOVED' })
      const other = from.address()
      await on(from, other, fillStore)
      const [mine, theirs] = [source, other]
      source = theirs
      await expect(move()).rejects.toMatchObject({ code: 'STORE_HALF_MOVED' })
      source = mine
      await from.remove(theirs)
      expect(await move()).toMatchObject({ equal: true })
      await on(to, target, store => store.upkeep.ping())
    }, 60_000)

    it('names the table that differs, and the target stays closed', async () => {
      const losing = (given: MoveTarget): MoveTarget => ({
        ...given,
        write: (table, rows, progress) =>
          given.write(table, table === 'links' ? rows.slice(1) : rows, progress),
      })
      const report = await move(losing)
      expect(report.equal).toBe(false)
      expect(report.tables.filter(({ equal }) => !equal)).toMatchObject([
        { table: 'links', source: { count: 6 }, target: { count: 5 } },
      ])
      await expect(to.open(target)).rejects.toMatchObject({ code: 'STORE_HALF_MOVED' })
    }, 30_000)

    it('refuses a target that has records of its own, and changes nothing there', async () => {
      await on(to, target, ({ messages }) => messages.insert(message('own')))
      await expect(move()).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' })
      await on(to, target, async ({ messages }) => expect((await messages.list({})).total).toBe(1))
    }, 30_000)

    it('refuses a source that is not there, and makes none', async () => {
      const nowhere = from.address()
      await expect(from.source(nowhere, NOW)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(from.source(nowhere, NOW)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await from.remove(nowhere)
    })

    it('refuses a source on which a hub works', async () => {
      await on(from, source, async store => {
        await store.deliveries.want(wanted('in-hand'), NOW)
        await store.deliveries.claim('in-hand', { token: 't', now: NOW, until: NOW + MINUTE })
        await expect(from.source(source, NOW)).rejects.toMatchObject({ code: 'STORE_LOCKED' })
      })
    })
  })
}

const skipped = { state: 'skipped' as const, attempt: { at: T0 } }

const lastWords = (given: MoveTarget): MoveTarget => ({
  ...given,
  async write() {
    throw new Error('The process died.')
  },
})
