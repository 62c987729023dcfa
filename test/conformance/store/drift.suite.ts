import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DriftFilter, DriftFinding } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { atOnce, everyPage, finding, inTurn, MINUTE, T0 } from './samples.ts'

export function driftSuite(subject: Subject): void {
  const pointers = (items: readonly DriftFinding[]) => items.map(({ pointer }) => pointer)

  it('adds counts, widens times and keeps the newest sample', async () => {
    const { drift } = subject.store
    await drift.add([finding({ count: 2, sample: 'first', message: 'm1' })])
    const later = { firstAt: T0 + MINUTE, lastAt: T0 + 2 * MINUTE, sample: 'newest', message: 'm3' }
    await drift.add([finding({ count: 3, ...later })])
    await drift.add([finding({ firstAt: T0 - MINUTE, lastAt: T0, sample: 'oldest', message: 'm0' })])
    const merged = finding({ ...later, count: 6, firstAt: T0 - MINUTE })
    expect((await drift.list({})).items).toEqual([merged])
  })

  it.each<[string, Partial<DriftFinding>]>([
    ['connection', { connection: 'market' }],
    ['topic', { topic: 'orders/updated' }],
    ['kind', { kind: 'type-change' }],
    ['pointer', { pointer: '/note' }],
    ['value', { value: 'held' }],
  ])('keeps findings of another %s apart', async (_name, given) => {
    const { drift } = subject.store
    await drift.add([finding(), finding(given), finding()])
    const { items, total } = await drift.list({})
    expect([total, items.map(({ count }) => count).toSorted()]).toEqual([2, [1, 2]])
  })

  const anyFinding = fc
    .record({
      ...{ count: fc.integer({ min: 1, max: 9 }), at: fc.integer({ min: 0, max: 3 }) },
      ...{ sample: fc.constantFrom('a', 'b'), message: fc.constantFrom('m1', 'm2') },
      pointer: fc.constantFrom('/a', '/b'),
    })
    .map(({ at, ...given }) => finding({ ...given, firstAt: T0 + at, lastAt: T0 + at }))
  const shuffled = fc
    .array(anyFinding, { minLength: 1, maxLength: 6 })
    .chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))

  it('ends the same in whatever order and parts the findings come', async () => {
    const { drift } = subject.store
    const stored = async () =>
      (await drift.list({})).items.toSorted((a, b) => a.pointer.localeCompare(b.pointer))
    await fc.assert(
      fc.asyncProperty(shuffled, async ([all, other]) => {
        await drift.clear({})
        await drift.add(all)
        const before = await stored()
        await drift.clear({})
        await inTurn(other, each => drift.add([each]))
        expect(await stored()).toEqual(before)
      }),
      { numRuns: 30 },
    )
  })

  it('loses none of many additions at the same moment', async () => {
    await atOnce(40, () => subject.store.drift.add([finding(), finding({ pointer: '/note' })]))
    expect((await subject.store.drift.list({})).items.map(({ count }) => count)).toEqual([40, 40])
  })

  it('lists the newest seen first, page by page', async () => {
    const { drift } = subject.store
    const seen = (pointer: string, minutes: number) => finding({ pointer, lastAt: T0 + minutes * MINUTE })
    await drift.add([seen('/a', 3), seen('/b', 1), seen('/c', 2), seen('/d', 1), seen('/e', 0)])
    await drift.add([seen('/e', 9)])
    const pages = await everyPage(page => drift.list({}, page), 2)
    const times = pages.flat().map(({ lastAt }) => (lastAt - T0) / MINUTE)
    expect(times).toEqual([9, 3, 2, 1, 1])
    expect(pointers(pages.flat()).toSorted()).toEqual(['/a', '/b', '/c', '/d', '/e'])
  })

  it('filters by every member and by several, and clears the same', async () => {
    const { drift } = subject.store
    await drift.add([
      finding({ pointer: '/a' }),
      finding({ pointer: '/b', tenant: 'globex', connection: 'market', lastAt: T0 + 1 }),
      finding({ pointer: '/c', topic: 'products/update', lastAt: T0 + 2 }),
      finding({ pointer: '/d', kind: 'new-field', value: '', lastAt: T0 + 3 }),
    ])
    const expected: [DriftFilter, string[]][] = [
      [{}, ['/d', '/c', '/b', '/a']],
      [{ tenant: 'globex' }, ['/b']],
      [{ connection: 'shop' }, ['/d', '/c', '/a']],
      [{ topic: 'products/update' }, ['/c']],
      [{ kind: 'new-field' }, ['/d']],
      [{ connection: 'shop', kind: 'new-value' }, ['/c', '/a']],
      [{ tenant: 'globex', connection: 'shop' }, []],
    ]
    for (const [filter, found] of expected) {
      const page = await drift.list(filter)
      expect([filter, pointers(page.items), page.total]).toEqual([filter, found, found.length])
    }
    expect(await drift.clear({ pointer: '/c', connection: 'market' })).toBe(0)
    expect(await drift.clear({ pointer: '/c' })).toBe(1)
    expect(await drift.clear({ connection: 'shop' })).toBe(2)
    expect(pointers((await drift.list({})).items)).toEqual(['/b'])
    expect(await drift.clear({})).toBe(1)
  })
}
