import { describe, expect, it } from '@jest/globals'
import { cacheKeys } from '#core/inbox/signatures/key-cache.ts'
import type { PublishedKey } from '#core/inbox/signatures/scheme.ts'
import { ManualClock } from '#core/kernel/clock.ts'

const KEY: PublishedKey = { key: 'pem', digest: 'SHA1' }

function cacheOver(fetchKey: (keyId: string) => Promise<PublishedKey | null>, size = 3) {
  const clock = new ManualClock()
  const asked: string[] = []
  const keys = cacheKeys({
    now: () => clock.now(),
    size,
    fetchKey: keyId => {
      asked.push(keyId)
      return fetchKey(keyId)
    },
  })
  return { clock, asked, keys }
}

describe('the cache of published keys', () => {
  it('fetches a key once an hour, also for calls at the same time', async () => {
    const { clock, asked, keys } = cacheOver(async () => KEY)
    expect(await Promise.all([keys('a'), keys('a')])).toEqual([KEY, KEY])
    await clock.advance(3_599_999)
    await keys('a')
    expect(asked).toEqual(['a'])
    await clock.advance(1)
    await keys('a')
    expect(asked).toEqual(['a', 'a'])
  })

  it('believes “no such key” for a minute, so that made-up key ids cost little', async () => {
    const { clock, asked, keys } = cacheOver(async () => null)
    await keys('made-up')
    await clock.advance(59_999)
    expect(await keys('made-up')).toBeNull()
    expect(asked).toHaveLength(1)
    await clock.advance(1)
    await keys('made-up')
    expect(asked).toHaveLength(2)
  })

  it('does not remember a failed fetch', async () => {
    let fails = true
    const { asked, keys } = cacheOver(async () => (fails ? Promise.reject(new Error('down')) : KEY))
    await expect(keys('a')).rejects.toThrow('down')
    fails = false
    expect(await keys('a')).toBe(KEY)
    expect(asked).toHaveLength(2)
  })

  it('holds a bounded number of keys', async () => {
    const { asked, keys } = cacheOver(async () => KEY, 2)
    for (const id of ['a', 'b', 'c', 'a']) await keys(id)
    expect(asked).toEqual(['a', 'b', 'c', 'a'])
    await keys('c')
    expect(asked).toHaveLength(4)
  })
})
