import { describe, expect, it } from '@jest/globals'
import { pagesOf } from '#connectors/sdk/index.ts'

const read = async (
  fetchPage: Parameters<typeof pagesOf<number>>[0],
  options?: Parameters<typeof pagesOf>[1],
) => {
  const items: number[] = []
  for await (const page of pagesOf(fetchPage, options)) items.push(...page.items)
  return items
}

describe('pagesOf', () => {
  it('reads to the last page', async () => {
    const pages = {
      start: { items: [1], next: 'b' },
      b: { items: [], next: 'c' },
      c: { items: [3], next: null },
    }
    expect(await read(async after => pages[(after ?? 'start') as keyof typeof pages])).toEqual([1, 3])
  })

  it('begins where it is told', async () => {
    expect(await read(async after => ({ items: [Number(after)], next: null }), { after: '5' })).toEqual([5])
  })

  it('does not run in a circle', async () => {
    await expect(read(async () => ({ items: [1], next: 'same' }))).rejects.toMatchObject({
      code: 'PARTNER_ANSWER_INVALID',
    })
  })

  it('does not run in a larger circle', async () => {
    const pages = ['a', 'b', 'c']
    const fetchPage = async (after: string | null) => ({
      items: [1],
      next: pages[(pages.indexOf(after ?? '') + 1) % 3]!,
    })
    await expect(read(fetchPage)).rejects.toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
  })

  it('does not run in a circle that begins later', async () => {
    const follows: Record<string, string> = { start: 'a', a: 'b', b: 'c', c: 'b' }
    const fetchPage = async (after: string | null) => ({ items: [1], next: follows[after ?? 'start']! })
    await expect(read(fetchPage)).rejects.toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
  })

  it('stops between two pages when it is told to', async () => {
    const stop = new AbortController()
    const fetchPage = async (after: string | null) => {
      stop.abort(new Error('shutdown'))
      return { items: [1], next: `${after}+` }
    }
    await expect(read(fetchPage, { signal: stop.signal })).rejects.toThrow('shutdown')
  })
})
