import { expect, it } from '@jest/globals'
import type { PublishedMapping } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { atOnce, everyPage, inTurn, published, T0 } from './samples.ts'

export function publishedMappingsSuite(subject: Subject): void {
  const ORDER = 'storefronts/shopify/order'
  const numbers = (items: readonly PublishedMapping[]) => items.map(({ number }) => number)

  it('numbers what is published from 1, per mapping and scope, and gives it back whole', async () => {
    const { mappings } = subject.store
    const whole = published({ scope: 'tenant:acme', text: 'version: 2 # Ærø 😀', note: 'tax' })
    expect(await mappings.publish(whole, 0)).toEqual({ ...whole, number: 1 })
    expect(await mappings.publish(published({ cases: 'cases: []' }), 0)).toMatchObject({ number: 1 })
    expect(await mappings.publish(published(), 1)).toMatchObject({ number: 2 })
    expect(await mappings.get(ORDER, 'tenant:acme', 1)).toEqual({ ...whole, number: 1 })
    expect(await mappings.get(ORDER, '*', 1)).toMatchObject({ cases: 'cases: []' })
    expect(await mappings.get(ORDER, '*', 3)).toBeNull()
    expect(await mappings.get(ORDER, 'tenant:globex', 1)).toBeNull()
  })

  it('lets one of many who saw the same newest number publish', async () => {
    const { mappings } = subject.store
    await mappings.publish(published(), 0)
    const answers = await atOnce(20, index => mappings.publish(published({ text: `text ${index}` }), 1))
    const winners = answers.filter(answer => answer !== null)
    expect(numbers(winners)).toEqual([2])
    expect(await mappings.get(ORDER, '*', 2)).toEqual(winners[0])
    expect(await mappings.count()).toBe(2)
  })

  it.each([0, 2, -1])('refuses the number %p that is not the newest', async after => {
    const { mappings } = subject.store
    await mappings.publish(published(), 0)
    expect(await mappings.publish(published(), after)).toBeNull()
    expect(await mappings.count()).toBe(1)
  })

  it('names the newest of every mapping and scope, an empty text too', async () => {
    const { mappings } = subject.store
    await mappings.publish(published(), 0)
    await mappings.publish(published({ text: '' }), 1)
    await mappings.publish(published({ scope: 'connection:shop' }), 0)
    await mappings.publish(published({ mapping: 'storefronts/shopify/product' }), 0)
    const heads = await mappings.heads()
    const named = heads.map(({ mapping, scope, number }) => `${mapping} ${scope} ${number}`)
    expect(named.toSorted()).toEqual([
      `${ORDER} * 2`,
      `${ORDER} connection:shop 1`,
      'storefronts/shopify/product * 1',
    ])
    expect(heads.find(({ number }) => number === 2)).toMatchObject({ text: '' })
  })

  it('lists newest first, page by page, by mapping and by scope', async () => {
    const { mappings } = subject.store
    await inTurn([0, 1, 2, 3, 4], after => mappings.publish(published({ at: T0 + after }), after))
    await mappings.publish(published({ scope: 'tenant:acme' }), 0)
    await mappings.publish(published({ mapping: 'other' }), 0)
    const pages = await everyPage(page => mappings.list({ mapping: ORDER, scope: '*' }, page), 2)
    expect(pages.map(numbers)).toEqual([[5, 4], [3, 2], [1]])
    expect(await mappings.list({ scope: 'tenant:acme' })).toMatchObject({ total: 1, next: null })
    expect(await mappings.list({ mapping: ORDER }, { limit: 1 })).toMatchObject({ total: 6 })
    expect(await mappings.list({})).toMatchObject({ total: 7 })
  })

  it('counts what was ever published, so that a change of the heads shows in it', async () => {
    const { mappings } = subject.store
    expect(await mappings.count()).toBe(0)
    await mappings.publish(published(), 0)
    await mappings.publish(published(), 0)
    expect(await mappings.count()).toBe(1)
    await mappings.publish(published({ text: '' }), 1)
    expect(await mappings.count()).toBe(2)
  })
}
