import { expect, it } from '@jest/globals'
import type { Subject } from '../store.suite.ts'
import { atOnce, MINUTE, T0 } from './samples.ts'

export function leasesSuite(subject: Subject): void {
  const acquire = (owner: string, now = T0, until = now + MINUTE, name = 'sweeper') =>
    subject.store.leases.acquire(name, owner, now, until)

  it('gives a lease to one of many that ask at the same moment', async () => {
    const answers = await atOnce(50, index => acquire(`owner-${index}`))
    const holders = answers.filter(answer => answer !== null)
    expect(holders).toHaveLength(1)
    expect(holders[0]).toMatchObject({ name: 'sweeper', until: T0 + MINUTE })
  })

  it('refuses another while it is held, and gives it once it has lapsed', async () => {
    await acquire('a')
    expect(await acquire('b', T0 + MINUTE - 1)).toBeNull()
    expect(await acquire('b', T0 + MINUTE)).toMatchObject({ owner: 'b' })
    expect(await acquire('a', T0 + MINUTE + 1)).toBeNull()
  })

  it('renews for its owner with the same token', async () => {
    const first = await acquire('a')
    expect(await acquire('a', T0 + 5)).toEqual({ ...first, until: T0 + 5 + MINUTE })
    expect(await acquire('b', T0 + MINUTE)).toBeNull()
  })

  it('gives a larger token with every change of owner, released or lapsed', async () => {
    const tokens = [
      await acquire('a'),
      await acquire('b', T0 + MINUTE),
      await subject.store.leases.release('sweeper', 'b').then(() => acquire('c', T0 + MINUTE + 1)),
      await acquire('a', T0 + 5 * MINUTE),
    ].map(lease => lease!.token)
    expect(tokens).toEqual([...new Set(tokens)].toSorted((x, y) => x - y))
  })

  it('is free after its owner released it, and only its owner can', async () => {
    await acquire('a')
    await subject.store.leases.release('sweeper', 'b')
    expect(await acquire('b')).toBeNull()
    await subject.store.leases.release('sweeper', 'a')
    expect(await acquire('b')).toMatchObject({ owner: 'b' })
  })

  it('keeps leases of other names apart, and releases one that there is not', async () => {
    await acquire('a')
    expect(await acquire('b', T0, T0 + 1, 'poller')).not.toBeNull()
    await subject.store.leases.release('none', 'a')
  })
}
