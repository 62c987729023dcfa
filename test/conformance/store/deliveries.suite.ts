import { expect, it } from '@jest/globals'
import type { DeliveryOutcome } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { atOnce, attemptAt, claimOf, inTurn, MINUTE, T0, wanted } from './samples.ts'

export function deliveriesSuite(subject: Subject): void {
  const want = (id: string, given = {}, now = T0) => subject.store.deliveries.want(wanted(id, given), now)
  const get = async (id: string) => (await subject.store.deliveries.get(id))!

  /** Claims and settles in one go. */
  async function settle(id: string, outcome: Omit<DeliveryOutcome, 'attempt'>, now = T0): Promise<void> {
    const { deliveries } = subject.store
    expect(await deliveries.claim(id, claimOf('settling', now))).not.toBeNull()
    await deliveries.settle(id, 'settling', { attempt: attemptAt(now, outcome.state), ...outcome })
  }

  it('makes a delivery wanted for the first time pending now', async () => {
    expect(await want('a', {}, T0 + 3)).toBe(true)
    expect(await get('a')).toEqual({
      ...wanted('a'),
      state: 'pending',
      confirmedRevision: 0,
      nextAt: T0 + 3,
      wantedAt: T0 + 3,
      claims: 0,
      spent: 0,
      uncertain: false,
      attempts: [],
    })
  })

  it('changes nothing for a revision that is wanted already, or a lower one', async () => {
    await want('a', { revision: 2 })
    const before = await get('a')
    expect(await want('a', { revision: 2, flow: 'other' }, T0 + 5)).toBe(false)
    expect(await want('a', { revision: 1 }, T0 + 5)).toBe(false)
    expect(await get('a')).toEqual(before)
  })

  it('ends with the highest revision when many are wanted at the same moment', async () => {
    await atOnce(20, index => want('a', { revision: ((index * 7) % 20) + 1 }))
    expect(await get('a')).toMatchObject({ revision: 20, state: 'pending' })
  })

  it('gives a delivery to one of many that claim it at the same moment', async () => {
    await want('a')
    const claims = await atOnce(50, index => subject.store.deliveries.claim('a', claimOf(`token-${index}`)))
    expect(claims.filter(claim => claim !== null)).toHaveLength(1)
    expect(await get('a')).toMatchObject({ claims: 1, attempts: [{ at: T0 }] })
  })

  it('confirms the revision that the destination holds', async () => {
    await want('a', { revision: 3 })
    await subject.store.deliveries.claim('a', claimOf('t'))
    const attempt = { at: T0, ms: 40, phase: 'after-send' as const, outcome: 'done', status: 201 }
    expect(
      await subject.store.deliveries.settle('a', 't', { state: 'confirmed', revision: 3, attempt }),
    ).toBe(true)
    expect(await get('a')).toMatchObject({
      state: 'confirmed',
      confirmedRevision: 3,
      confirmedAt: T0 + 40,
      claims: 0,
      spent: 0,
      attempts: [attempt],
    })
  })

  it('stays pending when a newer revision was wanted while the older one was sent', async () => {
    await want('a')
    await subject.store.deliveries.claim('a', claimOf('t'))
    await want('a', { revision: 2 }, T0 + 5)
    await subject.store.deliveries.settle('a', 't', {
      state: 'confirmed',
      revision: 1,
      attempt: attemptAt(T0),
    })
    expect(await get('a')).toMatchObject({ state: 'pending', revision: 2, confirmedRevision: 1 })
    expect(await subject.store.deliveries.claim('a', claimOf('u', T0 + 5))).not.toBeNull()
  })

  it('does not want again what was confirmed ahead of its wish', async () => {
    await want('a')
    await settle('a', { state: 'confirmed', revision: 2 })
    expect(await want('a', { revision: 2 }, T0 + 5)).toBe(false)
    expect(await get('a')).toMatchObject({ state: 'confirmed', revision: 2, confirmedRevision: 2 })
  })

  it('lets only the holder of the token settle, and only once', async () => {
    const { deliveries } = subject.store
    await want('a')
    await deliveries.claim('a', claimOf('late', T0, T0 + 1))
    await deliveries.claim('a', claimOf('holder', T0 + 1))
    const before = await get('a')
    expect(await deliveries.settle('a', 'late', { state: 'dead', attempt: attemptAt(T0) })).toBe(false)
    expect(await get('a')).toEqual(before)
    const confirmed = { state: 'confirmed' as const, revision: 1, attempt: attemptAt(T0) }
    expect(await deliveries.settle('a', 'holder', confirmed)).toBe(true)
    expect(await deliveries.settle('a', 'holder', confirmed)).toBe(false)
  })

  it('does not wake or give out a waiting delivery before its time', async () => {
    const { deliveries } = subject.store
    await want('a')
    await settle('a', { state: 'waiting', waitsFor: 'order:1', nextAt: T0 + MINUTE })
    expect(await get('a')).toMatchObject({ state: 'waiting', waitsFor: 'order:1', nextAt: T0 + MINUTE })
    expect(await deliveries.claim('a', claimOf('t', T0 + MINUTE - 1))).toBeNull()
    expect(await deliveries.claim('a', claimOf('t', T0 + MINUTE))).toMatchObject({ id: 'a', claims: 1 })
  })

  it('wakes what waits for one document at one destination', async () => {
    const { deliveries } = subject.store
    const waiting = { state: 'waiting' as const, waitsFor: 'order:1', nextAt: T0 + MINUTE }
    await inTurn(['a', 'b'], id => want(id))
    await want('elsewhere', { destination: 'wms' })
    await want('other')
    await inTurn(['a', 'b', 'elsewhere'], id => settle(id, waiting))
    await settle('other', { ...waiting, waitsFor: 'order:2' })
    const woken = await deliveries.wake({ waitsFor: 'order:1', destination: 'erp' }, T0 + 5)
    expect(woken.toSorted()).toEqual(['a', 'b'])
    expect(await get('a')).toMatchObject({ state: 'pending', nextAt: T0 + 5 })
    expect(await get('a')).not.toHaveProperty('waitsFor')
    expect((await deliveries.list({ state: 'waiting' })).total).toBe(2)
    expect(await deliveries.wake({ waitsFor: 'order:1', destination: 'erp' }, T0 + 6)).toEqual([])
  })

  it('wakes what is held at one destination, at most 1 000 at a time', async () => {
    const { deliveries } = subject.store
    await atOnce(1_001, async index => {
      await want(`d${index}`)
      await settle(`d${index}`, { state: 'held', reason: 'CONNECTION_PAUSED' })
    })
    expect(await deliveries.claim('d0', claimOf('t', T0 + MINUTE))).toBeNull()
    expect(await deliveries.wake({ heldAt: 'wms' }, T0 + 5)).toEqual([])
    const first = await deliveries.wake({ heldAt: 'erp' }, T0 + 5)
    const rest = await deliveries.wake({ heldAt: 'erp' }, T0 + 5)
    expect([first.length, rest.length]).toEqual([1_000, 1])
    expect(new Set([...first, ...rest]).size).toBe(1_001)
    expect(await get(first[0]!)).toMatchObject({ state: 'pending', nextAt: T0 + 5 })
  })

  it('answers null or false for an id that it does not know', async () => {
    const { deliveries } = subject.store
    expect(await deliveries.get('none')).toBeNull()
    expect(await deliveries.claim('none', claimOf('t'))).toBeNull()
    expect(await deliveries.settle('none', 't', { state: 'dead', attempt: attemptAt(T0) })).toBe(false)
    expect(await deliveries.reopen('none', T0)).toBe(false)
  })
}
