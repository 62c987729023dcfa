import { describe, expect, it } from '@jest/globals'
import { batches, sizeOf } from '#core/store/move/batches.ts'

async function* sized(...sizes: number[]) {
  for (const size of sizes) yield { body: Buffer.alloc(size) }
}

async function sizesOf(records: AsyncIterable<{ body: Buffer }>): Promise<number[][]> {
  const sizes: number[][] = []
  for await (const batch of batches(records)) sizes.push(batch.map(({ body }) => body.length))
  return sizes
}

describe('batches of a move', () => {
  it('hold at most 500 records', async () => {
    const found = await sizesOf(sized(...Array.from({ length: 1_001 }, () => 1)))
    expect(found.map(batch => batch.length)).toEqual([500, 500, 1])
  })

  it('hold at most 8 MB, a larger record standing alone', async () => {
    const found = await sizesOf(sized(3e6, 4e6, 2e6, 15e6, 1))
    expect(found).toEqual([[3e6, 4e6], [2e6], [15e6], [1]])
  })

  it('are none of nothing', async () => expect(await sizesOf(sized())).toEqual([]))

  it('ask only for what they hold: the rest stays where it is', async () => {
    let asked = 0
    async function* endless() {
      for (;;) yield { body: Buffer.alloc(1_000_000), n: ++asked }
    }
    await batches(endless()).next()
    expect(asked).toBeLessThan(10)
  })

  it('count everything that a record holds', () => {
    expect(sizeOf({ text: 'x'.repeat(100), list: [{ deep: Buffer.alloc(50) }], none: null })).toBeGreaterThan(
      150,
    )
  })
})
