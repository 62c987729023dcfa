import { beforeEach, describe, expect, it } from '@jest/globals'
import type { Deliveries, Messages } from '#core/contracts/store.ts'
import type { Subject } from '../store.suite.ts'
import { attemptAt, claimOf, inTurn, MINUTE, message, T0, wanted } from './samples.ts'

/** What the two nouns have in common. */
interface Noun {
  repository: Pick<Messages | Deliveries, 'recount' | 'get'>
  add(): Promise<unknown>
  claim(token: string, now?: number): Promise<{ claims: number } | null>
  done(token: string): Promise<boolean>
}

const ID = 'w1'

const NOUNS: Record<string, (subject: Subject) => Noun> = {
  message: ({ store: { messages } }) => ({
    repository: messages,
    add: () => messages.insert(message(ID)),
    claim: (token, now = T0) => messages.claim(ID, claimOf(token, now)),
    done: token => messages.settle(ID, token, { state: 'done', attempt: attemptAt(T0) }),
  }),
  delivery: ({ store: { deliveries } }) => ({
    repository: deliveries,
    add: () => deliveries.want(wanted(ID), T0),
    claim: (token, now = T0) => deliveries.claim(ID, claimOf(token, now)),
    done: token => deliveries.settle(ID, token, { state: 'confirmed', revision: 1, attempt: attemptAt(T0) }),
  }),
}

export function recountsSuite(subject: Subject): void {
  describe.each(Object.keys(NOUNS))('of a %s', name => {
    let noun: Noun
    const stored = () => noun.repository.get(ID)

    beforeEach(async () => {
      noun = NOUNS[name]!(subject)
      await noun.add()
      // Two claims that nobody settled, and one that holds.
      await inTurn([0, 1, 2], nth => noun.claim(`token-${nth}`, T0 + nth * MINUTE))
    })

    it('changes the count of a claim that goes on, there and back, and nothing but the count', async () => {
      const before = await stored()
      expect(before).toMatchObject({ claims: 3 })
      expect(await noun.repository.recount(ID, 'token-2', 2)).toBe(true)
      expect(await stored()).toEqual({ ...before, claims: 2 })
      expect(await noun.claim('other', T0 + 3 * MINUTE - 1)).toBeNull()
      expect(await noun.repository.recount(ID, 'token-2', 3)).toBe(true)
      expect(await stored()).toEqual(before)
    })

    it('is as true the second time', async () => {
      await inTurn([1, 2], () => noun.repository.recount(ID, 'token-2', 2))
      expect(await noun.repository.recount(ID, 'token-2', 2)).toBe(true)
      expect(await stored()).toMatchObject({ claims: 2 })
    })

    it('never says that nobody holds it', async () => {
      await noun.repository.recount(ID, 'token-2', 0)
      expect(await stored()).toMatchObject({ claims: 1 })
    })

    it('goes on counting from there when the claim lapses', async () => {
      await noun.repository.recount(ID, 'token-2', 2)
      expect(await noun.claim('next', T0 + 3 * MINUTE)).toMatchObject({ claims: 3 })
    })

    it('is what due work tells of it', async () => {
      const { upkeep } = subject.store
      await noun.repository.recount(ID, 'token-2', 1)
      const work = name === 'message' ? 'translate' : 'deliver'
      expect(await upkeep.due(work, T0 + 3 * MINUTE - 1, 10)).toEqual([])
      expect(await upkeep.due(work, T0 + 3 * MINUTE, 10)).toEqual([{ id: ID, priority: 10, claims: 1 }])
    })

    it('lets the claim be settled as ever', async () => {
      await noun.repository.recount(ID, 'token-2', 2)
      expect(await noun.done('token-2')).toBe(true)
      expect(await stored()).toMatchObject({ claims: 0 })
    })

    it('changes nothing for whoever holds the claim no longer', async () => {
      expect(await noun.repository.recount(ID, 'token-1', 1)).toBe(false)
      expect(await stored()).toMatchObject({ claims: 3 })
      await noun.done('token-2')
      expect(await noun.repository.recount(ID, 'token-2', 1)).toBe(false)
      expect(await stored()).toMatchObject({ claims: 0 })
      expect(await noun.repository.recount('nobody', 'token-2', 1)).toBe(false)
    })
  })

  it('leaves a delivery uncertain for whoever claims it next, however low', async () => {
    const { deliveries } = subject.store
    await deliveries.want(wanted('a'), T0)
    await deliveries.claim('a', claimOf('first'))
    await deliveries.recount('a', 'first', 0)
    expect(await deliveries.claim('a', claimOf('second', T0 + MINUTE))).toMatchObject({ uncertain: true })
  })
}
