import { expect, it } from '@jest/globals'
import type { Subject } from '../store.suite.ts'
import { atOnce, T0 } from './samples.ts'

export function linksAndCursorsSuite(subject: Subject): void {
  const link = (externalId: string, given = {}) => ({
    ...{ document: 'order:1', connection: 'erp', externalId, createdAt: T0 },
    ...given,
  })

  it('finds a link from both sides', async () => {
    const { links } = subject.store
    expect(await links.put(link('SO-1'))).toEqual(link('SO-1'))
    expect(await links.get('order:1', 'erp')).toEqual(link('SO-1'))
    expect(await links.find('erp', 'SO-1')).toEqual(link('SO-1'))
    expect(await links.get('order:1', 'wms')).toBeNull()
    expect(await links.find('wms', 'SO-1')).toBeNull()
  })

  it('finds the document of one resource where several have the same id at a connection', async () => {
    const { links } = subject.store
    await links.put(link('1001'))
    await links.put(link('1001', { document: 'product:9', createdAt: T0 + 1 }))
    expect(await links.find('erp', '1001', 'product')).toMatchObject({ document: 'product:9' })
    expect(await links.find('erp', '1001', 'order')).toMatchObject({ document: 'order:1' })
    expect(await links.find('erp', '1001', 'shipment')).toBeNull()
  })

  it('replaces the link when the record was made again at the destination', async () => {
    const { links } = subject.store
    await links.put(link('SO-1'))
    expect(await links.put(link('SO-2', { createdAt: T0 + 1 }))).toEqual(link('SO-2', { createdAt: T0 + 1 }))
    expect(await links.get('order:1', 'erp')).toMatchObject({ externalId: 'SO-2' })
    expect(await links.find('erp', 'SO-1')).toBeNull()
  })

  it('keeps one link of many put at the same moment', async () => {
    await atOnce(20, index => subject.store.links.put(link(`SO-${index}`)))
    expect(await subject.store.links.list('order:1')).toHaveLength(1)
  })

  it('lists the links of one document', async () => {
    const { links } = subject.store
    await links.put(link('SO-1'))
    await links.put(link('W-1', { connection: 'wms' }))
    await links.put(link('SO-9', { document: 'order:9' }))
    expect((await links.list('order:1')).map(({ externalId }) => externalId).toSorted()).toEqual([
      'SO-1',
      'W-1',
    ])
    expect(await links.list('order:2')).toEqual([])
  })

  it('keeps one cursor per connection and resource', async () => {
    const { cursors } = subject.store
    const cursor = (value: string, given = {}) => ({
      ...{ connection: 'shop', resource: 'order' as const, value, updatedAt: T0 },
      ...given,
    })
    expect(await cursors.get('shop', 'order')).toBeNull()
    await cursors.put(cursor('page-1'))
    await cursors.put(cursor('{"since":"ü"}', { updatedAt: T0 + 1 }))
    await cursors.put(cursor('p', { resource: 'product' }))
    await cursors.put(cursor('q', { connection: 'other' }))
    expect(await cursors.get('shop', 'order')).toEqual(cursor('{"since":"ü"}', { updatedAt: T0 + 1 }))
    expect((await cursors.list('shop')).map(({ resource }) => resource).toSorted()).toEqual([
      'order',
      'product',
    ])
    expect(await cursors.list()).toHaveLength(3)
    expect(await cursors.list('none')).toEqual([])
  })
}
