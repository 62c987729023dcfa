import { expect, it } from '@jest/globals'
import type { StockItem } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { stockId } from '#core/kernel/ids.ts'
import type { Subject } from '../store.suite.ts'
import { atOnce, everyPage, inTurn, MINUTE, stockItem, T0 } from './samples.ts'

export function stockSuite(subject: Subject): void {
  const TENT = stockId('acme', 'TENT-2')
  const put = (item: StockItem) => subject.store.stock.change(item.id, () => item)
  const named = (items: readonly StockItem[]) => items.map(({ tenant, sku }) => `${tenant} ${sku}`)
  const reserve = (order: string) => (item: StockItem | null) => {
    const { reservations } = item ?? stockItem('TENT-2')
    const added = { order, channel: 'shop', quantity: 1, at: T0, endsAt: T0 + MINUTE }
    return { ...(item ?? stockItem('TENT-2')), reservations: [...reservations, added] }
  }

  it('keeps an item whole, names of connections and places with dots and dollars too', async () => {
    const whole = stockItem('TENT-2', {
      counts: [{ source: 'odd.$place', location: 'täglich/.', available: -2, at: T0 }],
      reservations: [
        {
          ...{ order: 'order:1', channel: 'shop', quantity: 2, at: T0, endsAt: T0 + MINUTE },
          heldAt: { 'odd.$place': T0 },
        },
      ],
      offers: {
        'odd.$place': { wanted: 3, ceiling: 5, shown: 5, at: T0, unseen: { quantity: 1, until: T0 } },
      },
      nextAt: T0 + MINUTE,
    })
    expect(await put(whole)).toEqual({ changed: true, item: { ...whole, version: 1 } })
    expect(await subject.store.stock.get(TENT)).toEqual({ ...whole, version: 1 })
    expect(await subject.store.stock.get(stockId('globex', 'TENT-2'))).toBeNull()
  })

  it('counts a version with every change, whatever the reducer says of it', async () => {
    const { stock } = subject.store
    await put(stockItem('TENT-2', { version: 7 }))
    await stock.change(TENT, item => ({ ...item!, version: 7, nextAt: T0, updatedAt: T0 + 1 }))
    const { item } = await stock.change(TENT, item => ({ ...item!, nextAt: null }))
    expect(item).toEqual(stockItem('TENT-2', { version: 3, updatedAt: T0 + 1 }))
    expect(await stock.get(TENT)).toEqual(item)
  })

  it('changes nothing where the reducer gives null, and says what stands there', async () => {
    const { stock } = subject.store
    expect(await stock.change(TENT, () => null)).toEqual({ changed: false, item: null })
    expect((await stock.list({})).total).toBe(0)
    const { item } = await put(stockItem('TENT-2'))
    expect(await stock.change(TENT, () => null)).toEqual({ changed: false, item })
    expect(await stock.get(TENT)).toEqual(item)
  })

  it('changes nothing where the reducer throws, and lets the changes beside it through', async () => {
    const { stock } = subject.store
    await put(stockItem('TENT-2'))
    const answers = await Promise.allSettled([
      stock.change(TENT, reserve('order:1')),
      stock.change(TENT, () => {
        throw new HubError('INPUT_INVALID', { detail: 'Too many.' })
      }),
      stock.change(TENT, reserve('order:2')),
    ])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(answers[1]).toMatchObject({ reason: { code: 'INPUT_INVALID' } })
    const { version, reservations } = (await stock.get(TENT))!
    expect([version, reservations.map(({ order }) => order).toSorted()]).toEqual([3, ['order:1', 'order:2']])
  })

  it('loses none of many changes at the same moment, the first among them', async () => {
    const { stock } = subject.store
    const answers = await atOnce(60, index => stock.change(TENT, reserve(`order:${index}`)))
    const { version, reservations } = (await stock.get(TENT))!
    expect([version, new Set(reservations.map(({ order }) => order)).size]).toEqual([60, 60])
    const versions = answers.map(({ item }) => item!.version)
    expect(versions.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1))
  })

  it('lets one of many have the last unit, because each decides on what stands there', async () => {
    const { stock } = subject.store
    const taken = await atOnce(20, index =>
      stock.change(TENT, item => (item?.reservations.length ? null : reserve(`order:${index}`)(item))),
    )
    expect(taken.filter(({ changed }) => changed)).toHaveLength(1)
    const { item } = taken.find(({ changed }) => changed)!
    expect(taken.map(answer => answer.item)).toEqual(taken.map(() => item))
  })

  it('lists by tenant and SKU, page by page, and what is added behind a page is still seen', async () => {
    const { stock } = subject.store
    const all = ['b 2', 'a 1', 'a 2', 'b 10', 'a Z', 'a ä'].map(name => name.split(' ') as [string, string])
    await inTurn(all, ([tenant, sku]) => put(stockItem(sku, { tenant })))
    const pages = await everyPage(page => stock.list({}, page), 4)
    expect(pages.map(named)).toEqual([
      ['a 1', 'a 2', 'a Z', 'a ä'],
      ['b 10', 'b 2'],
    ])
    const first = await stock.list({ tenant: 'a' }, { limit: 2 })
    await put(stockItem('3', { tenant: 'a' }))
    const second = await stock.list({ tenant: 'a' }, { after: first.next! })
    expect([named(first.items), named(second.items)]).toEqual([
      ['a 1', 'a 2'],
      ['a 3', 'a Z', 'a ä'],
    ])
  })

  it('filters by tenant, by SKU and by both', async () => {
    const { stock } = subject.store
    const all = ['a 1', 'a 2', 'b 1', 'c 1'].map(name => name.split(' ') as [string, string])
    await inTurn(all, ([tenant, sku]) => put(stockItem(sku, { tenant })))
    const both = { tenant: 'a', sku: '1' }
    expect(named((await stock.list(both)).items)).toEqual(['a 1'])
    const { next } = await stock.list({ sku: '1' }, { limit: 1 })
    expect((await stock.list(both, { after: next! })).items).toEqual([])
    expect(await stock.list({ tenant: 'b', sku: '2' })).toEqual({ items: [], next: null, total: 0 })
    expect(await stock.list({ tenant: 'a' }, { limit: 1 })).toMatchObject({ total: 2 })
    const pages = await everyPage(page => stock.list({ sku: '1' }, page), 2)
    expect(pages.map(named)).toEqual([['a 1', 'b 1'], ['c 1']])
  })

  it('refuses a cursor that is not one of its own', async () => {
    await expect(subject.store.stock.list({}, { after: 'x' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    })
  })

  it('names what is to be looked at again, the earliest first', async () => {
    const { stock } = subject.store
    await put(stockItem('later', { nextAt: T0 + 2 }))
    await put(stockItem('never'))
    await put(stockItem('b', { nextAt: T0 + 1 }))
    await put(stockItem('a', { nextAt: T0 + 1 }))
    await put(stockItem('first', { nextAt: T0 }))
    await put(stockItem('given up', { nextAt: T0 }))
    await stock.change(stockId('acme', 'given up'), item => ({ ...item!, nextAt: null }))
    expect(await stock.due(T0 - 1, 10)).toEqual([])
    expect(await stock.due(T0 + 1, 10)).toEqual(['acme:first', 'acme:a', 'acme:b'])
    expect(await stock.due(T0 + 2, 2)).toEqual(['acme:first', 'acme:a'])
  })
}
