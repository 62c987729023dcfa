import { expect, it } from '@jest/globals'
import type { Subject } from '../store.suite.ts'
import { atOnce, attemptAt, claimOf, MINUTE, message, T0 } from './samples.ts'

export function messageClaimsSuite(subject: Subject): void {
  const done = { state: 'done' as const, attempt: attemptAt(T0) }

  it('gives a pending message to one of many that claim it at the same moment', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    const claims = await atOnce(50, index => messages.claim('m1', claimOf(`token-${index}`)))
    const winners = claims.filter(claim => claim !== null)
    expect(winners).toHaveLength(1)
    expect(winners[0]).toMatchObject({ id: 'm1', claims: 1, body: Buffer.from('{"id":"m1"}') })
  })

  it('counts the claim and writes its attempt down before the work runs', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    const claimed = await messages.claim('m1', claimOf('a'))
    expect(claimed).toMatchObject({ claims: 1, attempts: [{ at: T0 }] })
    expect(await messages.get('m1')).toEqual(claimed)
  })

  it('does not give a claimed message to another before the claim lapses', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    await messages.claim('m1', claimOf('a', T0, T0 + MINUTE))
    expect(await messages.claim('m1', claimOf('b', T0 + MINUTE - 1))).toBeNull()
    expect(await messages.claim('m1', claimOf('b', T0 + MINUTE))).toMatchObject({
      claims: 2,
      attempts: [{ at: T0 }, { at: T0 + MINUTE }],
    })
  })

  it('does not give out a message before it is due', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    await messages.claim('m1', claimOf('a'))
    await messages.settle('m1', 'a', {
      state: 'pending',
      nextAt: T0 + MINUTE,
      attempt: attemptAt(T0, 'UNEXPECTED'),
    })
    expect(await messages.claim('m1', claimOf('b', T0 + MINUTE - 1))).toBeNull()
    expect(await messages.claim('m1', claimOf('b', T0 + MINUTE))).not.toBeNull()
  })

  it.each(['done', 'skipped', 'stale', 'dead', 'discarded'] as const)(
    'does not give out one that is %s',
    async state => {
      const { messages } = subject.store
      await messages.insert(message('m1'))
      await messages.claim('m1', claimOf('a'))
      await messages.settle('m1', 'a', { state, attempt: attemptAt(T0) })
      expect(await messages.claim('m1', claimOf('b', T0 + 10 * MINUTE))).toBeNull()
    },
  )

  it('settles with what came out of it, and resets the count of claims', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    await messages.claim('m1', claimOf('a', T0, T0 + 1))
    await messages.claim('m1', claimOf('b', T0 + 1))
    const outcome = {
      state: 'skipped' as const,
      reason: 'TOPIC_IGNORED',
      documents: ['d1', 'd2'],
      attempt: attemptAt(T0 + 1),
    }
    expect(await messages.settle('m1', 'b', outcome)).toBe(true)
    expect(await messages.get('m1')).toMatchObject({
      state: 'skipped',
      reason: 'TOPIC_IGNORED',
      claims: 0,
      documents: ['d1', 'd2'],
      attempts: [{ at: T0 }, attemptAt(T0 + 1)],
    })
  })

  it('lets only the holder of the token settle, and only once', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    await messages.claim('m1', claimOf('late', T0, T0 + 1))
    await messages.claim('m1', claimOf('holder', T0 + 1))
    const before = await messages.get('m1')
    expect(await messages.settle('m1', 'late', done)).toBe(false)
    expect(await messages.get('m1')).toEqual(before)
    expect(await messages.settle('m1', 'holder', done)).toBe(true)
    expect(await messages.settle('m1', 'holder', { ...done, state: 'dead' })).toBe(false)
    expect((await messages.get('m1'))!.state).toBe('done')
  })

  it('counts budget only for attempts that spend it', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    for (const spend of [true, false, undefined, true]) {
      await messages.claim('m1', claimOf('a'))
      await messages.settle('m1', 'a', { state: 'pending', spend, attempt: attemptAt(T0, 'UNEXPECTED') })
    }
    expect((await messages.get('m1'))!.spent).toBe(2)
  })

  it('adds up the documents of all attempts, each once', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    for (const documents of [['d1'], ['d1', 'd2'], undefined]) {
      await messages.claim('m1', claimOf('a'))
      await messages.settle('m1', 'a', { state: 'pending', documents, attempt: attemptAt(T0) })
    }
    expect((await messages.get('m1'))!.documents).toEqual(['d1', 'd2'])
    expect((await messages.list({ document: 'd2' })).items.map(item => item.id)).toEqual(['m1'])
  })

  it('keeps the newest 20 attempts, newest last', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    for (let at = T0; at < T0 + 25; at++) {
      await messages.claim('m1', claimOf('a', at))
      await messages.settle('m1', 'a', { state: 'pending', nextAt: at, attempt: attemptAt(at) })
    }
    const times = (await messages.get('m1'))!.attempts.map(attempt => attempt.at)
    expect(times).toEqual(Array.from({ length: 20 }, (_, index) => T0 + 5 + index))
  })
}
