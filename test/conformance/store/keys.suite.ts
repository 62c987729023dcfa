import { expect, it } from '@jest/globals'
import type { Subject } from '../store.suite.ts'
import { atOnce, key, MINUTE, T0 } from './samples.ts'

export function keysSuite(subject: Subject): void {
  it('finds a key by its digest while it is valid', async () => {
    const { keys } = subject.store
    const stored = key('k1', { tenant: 'acme', label: 'CI', expiresAt: T0 + MINUTE })
    await keys.put(stored)
    expect(await keys.find('digest-of-k1', T0)).toEqual(stored)
    expect(await keys.find('digest-of-k1', T0 + MINUTE)).toBeNull()
    expect(await keys.find('digest-of-none', T0)).toBeNull()
  })

  it('lets one of many revoke it: a sign-in link works once', async () => {
    const { keys } = subject.store
    await keys.put(key('link', { kind: 'sign-in' }))
    const answers = await atOnce(20, () => keys.revoke('link', T0 + 1))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(await keys.find('digest-of-link', T0 + 2)).toBeNull()
    expect((await keys.list('sign-in'))[0]).toMatchObject({ id: 'link', revokedAt: T0 + 1 })
    expect(await keys.revoke('none', T0)).toBe(false)
  })

  it('lists the keys of one kind', async () => {
    const { keys } = subject.store
    await keys.put(key('a'))
    await keys.put(key('b', { kind: 'session' }))
    await keys.put(key('c'))
    expect((await keys.list('api')).map(({ id }) => id).toSorted()).toEqual(['a', 'c'])
    expect((await keys.list('sign-in')).length).toBe(0)
  })

  it('replaces a key of the same id', async () => {
    const { keys } = subject.store
    await keys.put(key('a'))
    await keys.put(key('a', { label: 'renamed' }))
    expect(await keys.list('api')).toEqual([key('a', { label: 'renamed' })])
  })
}
