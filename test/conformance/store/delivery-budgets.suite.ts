import { expect, it } from '@jest/globals'
import type { DeliveryOutcome } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { attemptAt, claimOf, MINUTE, T0, wanted } from './samples.ts'

export function deliveryBudgetsSuite(subject: Subject): void {
  const want = (revision = 1, now = T0) => subject.store.deliveries.want(wanted('a', { revision }), now)
  const get = async () => (await subject.store.deliveries.get('a'))!
  const claim = (now = T0, until = now + MINUTE) =>
    subject.store.deliveries.claim('a', claimOf('t', now, until))
  const settle = (outcome: Omit<DeliveryOutcome, 'attempt'>) =>
    subject.store.deliveries.settle('a', 't', { attempt: attemptAt(T0, outcome.state), ...outcome })

  it('counts budget for attempts that spend it, and starts anew after a success', async () => {
    await want()
    for (const spend of [true, false, true]) {
      await claim()
      await settle({ state: 'pending', reason: 'PARTNER_FAILED', spend })
    }
    expect(await get()).toMatchObject({ spent: 2, reason: 'PARTNER_FAILED' })
    await claim()
    await settle({ state: 'confirmed', revision: 1 })
    expect((await get()).spent).toBe(0)
    expect(await get()).not.toHaveProperty('reason')
  })

  it.each(['dead', 'discarded', 'skipped', 'confirmed', 'held', 'waiting'] as const)(
    'makes a %s delivery pending with a fresh budget when a new revision is wanted',
    async state => {
      await want()
      await claim()
      await settle({
        state,
        reason: 'PARTNER_REFUSED',
        spend: true,
        ...(state === 'waiting' && { waitsFor: 'order:1' }),
      })
      expect(await want(2, T0 + MINUTE)).toBe(true)
      const renewed = await get()
      expect(renewed).toMatchObject({ state: 'pending', revision: 2, spent: 0 })
      expect(renewed).toMatchObject({ nextAt: T0 + MINUTE, wantedAt: T0 + MINUTE })
      expect(renewed).not.toHaveProperty('reason')
      expect(renewed).not.toHaveProperty('waitsFor')
    },
  )

  it('brings forward a retry that waits when a new revision is wanted', async () => {
    await want()
    await claim()
    await settle({ state: 'pending', nextAt: T0 + 10 * MINUTE, spend: true })
    expect(await claim(T0 + MINUTE)).toBeNull()
    await want(2, T0 + MINUTE)
    expect(await claim(T0 + MINUTE)).toMatchObject({ revision: 2, spent: 0 })
  })

  it.each(['dead', 'pending', 'skipped', 'waiting', 'held'] as const)(
    'does not let an older revision that ends %s hold back the newer one wanted meanwhile',
    async state => {
      await want()
      await claim()
      await want(2, T0 + 5)
      await settle({ state, reason: 'PARTNER_REFUSED', nextAt: T0 + 10 * MINUTE, spend: true })
      expect(await get()).toMatchObject({ state: 'pending', revision: 2, spent: 0, nextAt: T0 + 5 })
      expect(await claim(T0 + 5)).toMatchObject({ revision: 2 })
    },
  )

  it('does not give a claimed delivery to another because a new revision is wanted', async () => {
    await want()
    await claim()
    await want(2, T0 + 5)
    expect(await claim(T0 + 10)).toBeNull()
  })

  it('is uncertain after a claim that was never settled', async () => {
    await want()
    expect((await claim(T0, T0 + 1))!.uncertain).toBe(false)
    expect(await claim(T0 + 1)).toMatchObject({ uncertain: true, claims: 2 })
    await settle({ state: 'pending' })
    expect((await get()).uncertain).toBe(true)
  })

  it('is certain again after a confirmation, and whenever the outcome says so', async () => {
    await want()
    await claim()
    await settle({ state: 'pending', uncertain: true })
    expect((await claim())!.uncertain).toBe(true)
    await settle({ state: 'pending', uncertain: false })
    expect((await get()).uncertain).toBe(false)
    await claim()
    await settle({ state: 'pending', uncertain: true })
    await claim()
    await settle({ state: 'confirmed', revision: 1 })
    expect((await get()).uncertain).toBe(false)
  })

  it('reopens with a fresh budget, but keeps knowing that it is uncertain', async () => {
    await want()
    await claim()
    await settle({ state: 'dead', reason: 'RETRIES_EXHAUSTED', spend: true, uncertain: true })
    expect(await subject.store.deliveries.reopen('a', T0 + MINUTE)).toBe(true)
    const reopened = await get()
    expect(reopened).toMatchObject({ state: 'pending', spent: 0, nextAt: T0 + MINUTE, wantedAt: T0 + MINUTE })
    expect(reopened.uncertain).toBe(true)
    expect(reopened).not.toHaveProperty('reason')
  })

  it('reopens nothing that is claimed; after a lapsed claim it is uncertain', async () => {
    await want()
    await claim(T0, T0 + MINUTE)
    expect(await subject.store.deliveries.reopen('a', T0 + 1)).toBe(false)
    expect(await subject.store.deliveries.reopen('a', T0 + MINUTE)).toBe(true)
    expect(await get()).toMatchObject({ uncertain: true, claims: 0 })
    expect(await settle({ state: 'confirmed', revision: 1 })).toBe(false)
  })
}
