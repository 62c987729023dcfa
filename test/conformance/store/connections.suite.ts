import { expect, it } from '@jest/globals'
import type { Subject } from '../store.suite.ts'
import { atOnce, connection, everyPage, inTurn, T0 } from './samples.ts'

export function connectionsSuite(subject: Subject): void {
  it('creates, replaces and removes', async () => {
    const { connections } = subject.store
    const first = connection('shop', {
      settings: { nested: { list: [1, 'ü'] } },
      tables: { m: { t: { a: 1 } } },
    })
    await connections.put(first)
    expect(await connections.get('shop')).toEqual(first)
    const second = connection('shop', { state: 'unauthorized', stateReason: 'revoked', declared: true })
    await connections.put(second)
    expect(await connections.get('shop')).toEqual(second)
    expect(await connections.remove('shop')).toBe(true)
    expect(await connections.remove('shop')).toBe(false)
    expect(await connections.get('shop')).toBeNull()
  })

  it('changes only what a patch gives; a reason given as undefined is taken away', async () => {
    const { connections } = subject.store
    await connections.put(connection('shop'))
    const paused = await connections.patch('shop', {
      state: 'paused',
      stateReason: 'by hand',
      updatedAt: T0 + 1,
    })
    expect(paused).toEqual(connection('shop', { state: 'paused', stateReason: 'by hand', updatedAt: T0 + 1 }))
    await connections.patch('shop', { secrets: { token: 'sealed anew' } })
    expect(await connections.get('shop')).toEqual({ ...paused, secrets: { token: 'sealed anew' } })
    await connections.patch('shop', { state: 'active', stateReason: undefined })
    expect(await connections.get('shop')).not.toHaveProperty('stateReason')
  })

  it('keeps what was found of webhook subscriptions until it is taken away', async () => {
    const { connections } = subject.store
    await connections.put(connection('shop'))
    const subscriptions = {
      ...{ checkedAt: T0, nextAt: T0 + 1, basis: 'ab12' },
      ...{ present: ['orders/create'], created: [], repaired: ['orders/paid'], problem: 'HTTP 503.' },
    }
    await connections.patch('shop', { subscriptions })
    expect(await connections.get('shop')).toEqual({ ...connection('shop'), subscriptions })
    await connections.patch('shop', { subscriptions: undefined })
    expect(await connections.get('shop')).toEqual(connection('shop'))
  })

  it('loses none of many patches of different members at the same moment', async () => {
    const { connections } = subject.store
    await connections.put(connection('shop'))
    const patches = [
      { state: 'paused' as const },
      { settings: { a: 1 } },
      { secrets: { b: '2' } },
      { updatedAt: T0 + 9 },
    ]
    await atOnce(patches.length, index => connections.patch('shop', patches[index]!))
    expect(await connections.get('shop')).toEqual(connection('shop', Object.assign({}, ...patches)))
  })

  it('patches nothing that there is not', async () => {
    expect(await subject.store.connections.patch('none', { state: 'paused' })).toBeNull()
    expect((await subject.store.connections.list()).total).toBe(0)
  })

  it('lets no earlier holder of a lock overwrite what a later one stored', async () => {
    const { connections } = subject.store
    await connections.put(connection('shop'))
    const write = (token: string, fence: number) => connections.patch('shop', { secrets: { token } }, fence)
    expect(await write('first', 5)).toMatchObject({ secrets: { token: 'first' }, fence: 5 })
    expect(await write('later', 9)).toMatchObject({ secrets: { token: 'later' }, fence: 9 })
    expect(await write('late', 7)).toBeNull()
    expect(await write('late', 9)).toBeNull()
    expect(await connections.patch('shop', { state: 'paused' })).toMatchObject({ fence: 9 })
    expect((await connections.get('shop'))?.secrets).toEqual({ token: 'later' })
  })

  it('lists newest first, and a replaced one keeps its place', async () => {
    const { connections } = subject.store
    await inTurn(['a', 'b', 'c', 'd', 'e'], id => connections.put(connection(id)))
    await connections.put(connection('b', { tenant: 'globex' }))
    const pages = await everyPage(page => connections.list(page), 2)
    expect(pages.map(page => page.map(({ id }) => id))).toEqual([['e', 'd'], ['c', 'b'], ['a']])
  })
}
