import { expect, it } from '@jest/globals'
import type { Subject } from '../store.suite.ts'
import { atOnce, attemptAt, claimOf, MINUTE, message, T0 } from './samples.ts'

export function messagesSuite(subject: Subject): void {
  it('keeps a message as it was received and makes it pending at once', async () => {
    const { messages } = subject.store
    const received = message('m1', {
      eventAt: T0 - 1_500.25,
      headers: { 'x-shop': 'Zürich 😀 “ok”', 'x-empty': '' },
      dedupeKey: 'Ключ\n😀',
    })
    expect(await messages.insert(received)).toBe('stored')
    expect(await messages.get('m1')).toEqual({
      ...received,
      priority: 10,
      state: 'pending',
      nextAt: T0,
      claims: 0,
      spent: 0,
      attempts: [],
      documents: [],
    })
  })

  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['5 MB', Buffer.alloc(5 * 1024 * 1024, 'ä€😀')],
  ])('keeps a body of %s', async (_name, body) => {
    const { messages } = subject.store
    await messages.insert(message('m1', { body }))
    const stored = await messages.get('m1')
    expect(stored!.body.equals(body)).toBe(true)
  })

  it('takes the same id twice as the same message and leaves the first as it is', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    const repeated = message('m1', { receivedAt: T0 + 1, body: Buffer.from('other') })
    expect(await messages.insert(repeated)).toBe('duplicate')
    expect(await messages.get('m1')).toMatchObject({ receivedAt: T0, body: Buffer.from('{"id":"m1"}') })
  })

  it('stores one of many inserts of the same id at the same moment', async () => {
    const results = await atOnce(50, () => subject.store.messages.insert(message('m1')))
    expect(results.filter(result => result === 'stored')).toHaveLength(1)
    expect((await subject.store.messages.list({})).total).toBe(1)
  })

  it('answers null or false for an id that it does not know', async () => {
    const { messages } = subject.store
    expect(await messages.get('none')).toBeNull()
    expect(await messages.claim('none', claimOf('a'))).toBeNull()
    expect(await messages.settle('none', 'a', { state: 'done', attempt: attemptAt(T0) })).toBe(false)
    expect(await messages.reopen('none', T0)).toBe(false)
  })

  it('reopens a finished message with a fresh budget', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    await messages.claim('m1', claimOf('a'))
    const attempt = attemptAt(T0, 'MAPPING_MISSING')
    await messages.settle('m1', 'a', { state: 'dead', reason: 'MAPPING_MISSING', spend: true, attempt })
    expect(await messages.reopen('m1', T0 + MINUTE)).toBe(true)
    const reopened = await messages.get('m1')
    expect(reopened).toMatchObject({ state: 'pending', nextAt: T0 + MINUTE, spent: 0, claims: 0 })
    expect(reopened!.attempts).toEqual([attempt])
    expect(reopened).not.toHaveProperty('reason')
  })

  it('reopens with an edited body and keeps what was received', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    const edit = { body: Buffer.from('{"id":"edited"}'), by: 'key-1' }
    await messages.reopen('m1', T0 + 1, edit)
    expect(await messages.get('m1')).toMatchObject({
      body: Buffer.from('{"id":"m1"}'),
      edited: { ...edit, at: T0 + 1 },
    })
    expect((await messages.claim('m1', claimOf('a', T0 + 1)))!.edited!.body).toEqual(edit.body)
    const { items } = await messages.list({})
    expect(items[0]).toMatchObject({ edited: true, bytes: '{"id":"m1"}'.length })
  })

  it('reopens nothing that is claimed, and takes a lapsed claim away from its holder', async () => {
    const { messages } = subject.store
    await messages.insert(message('m1'))
    await messages.claim('m1', claimOf('a', T0, T0 + MINUTE))
    expect(await messages.reopen('m1', T0 + 1)).toBe(false)
    expect(await messages.reopen('m1', T0 + MINUTE)).toBe(true)
    expect(await messages.settle('m1', 'a', { state: 'done', attempt: attemptAt(T0) })).toBe(false)
    expect((await messages.get('m1'))!.state).toBe('pending')
  })
}
