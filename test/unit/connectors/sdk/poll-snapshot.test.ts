import { describe, expect, it } from '@jest/globals'
import { pollSnapshot } from '#connectors/sdk/index.ts'
import type { ConnectorContext, PolledPage } from '#core/contracts/connector.ts'

interface Item {
  id: string
  stock: number
}

const context = { now: () => 1_000, signal: new AbortController().signal } as unknown as ConnectorContext

async function polled(pages: Item[][], cursor: string | null = null): Promise<PolledPage[]> {
  const fetchPage = async (page: string | null) => {
    const at = Number(page ?? 0)
    return { items: pages[at]!, next: at + 1 < pages.length ? String(at + 1) : null }
  }
  const all: PolledPage[] = []
  for await (const page of pollSnapshot<Item>({
    topic: 'stock',
    cursor,
    context,
    fetchPage,
    idOf: one => one.id,
  }))
    all.push(page)
  return all
}

const cursorOf = (pages: PolledPage[]): string => pages.at(-1)!.cursor
const bodies = (pages: PolledPage[]) =>
  pages.flatMap(page => page.messages.map(({ body }) => JSON.parse(body.toString()) as Item))
const keys = (pages: PolledPage[]) => pages.flatMap(page => page.messages.map(({ dedupeKey }) => dedupeKey))

describe('a poll of a list that cannot be asked for changes', () => {
  it('tells everything once, then only what differs', async () => {
    const first = await polled([[{ id: 'a', stock: 5 }], [{ id: 'b', stock: 1 }]])
    expect(bodies(first)).toHaveLength(2)
    expect(
      bodies(
        await polled(
          [
            [
              { id: 'a', stock: 5 },
              { id: 'b', stock: 1 },
            ],
          ],
          cursorOf(first),
        ),
      ),
    ).toEqual([])
    const changed = await polled(
      [
        [
          { id: 'a', stock: 4 },
          { id: 'b', stock: 1 },
        ],
      ],
      cursorOf(first),
    )
    expect(bodies(changed)).toEqual([{ id: 'a', stock: 4 }])
  })

  it('has a new key for a figure that comes back, and the same one for a page that is read again', async () => {
    const five = [[{ id: 'a', stock: 5 }]]
    const first = await polled(five)
    const four = await polled([[{ id: 'a', stock: 4 }]], cursorOf(first))
    const again = await polled(five, cursorOf(four))
    expect(new Set([...keys(first), ...keys(four), ...keys(again)]).size).toBe(3)
    expect(keys(await polled(five, cursorOf(four)))).toEqual(keys(again))
    expect(keys(await polled(five))).toEqual(keys(first))
  })

  it('goes on from the page whose cursor was saved', async () => {
    const pages = [[{ id: 'a', stock: 5 }], [{ id: 'b', stock: 1 }]]
    const [one] = await polled(pages)
    expect(bodies(await polled(pages, one!.cursor))).toEqual([{ id: 'b', stock: 1 }])
  })

  it('forgets what is gone, so that it is news when it returns', async () => {
    const both = [
      [
        { id: 'a', stock: 5 },
        { id: 'b', stock: 1 },
      ],
    ]
    const first = await polled(both)
    const without = await polled([[{ id: 'b', stock: 1 }]], cursorOf(first))
    expect(bodies(await polled(both, cursorOf(without)))).toEqual([{ id: 'a', stock: 5 }])
  })

  it('names a cursor that is not its own', async () => {
    await expect(polled([[]], 'page 7')).rejects.toMatchObject({ code: 'UNEXPECTED' })
  })
})
