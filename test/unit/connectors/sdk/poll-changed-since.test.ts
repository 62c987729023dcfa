import { describe, expect, it } from '@jest/globals'
import { changedCursorAt, type PollChangedSince, pollChangedSince } from '#connectors/sdk/index.ts'
import type { ConnectorContext, PolledPage } from '#core/contracts/connector.ts'

interface Item {
  id: string
  at: number
  note?: string
}

const NOW = 1_000_000
const context = { now: () => NOW, signal: new AbortController().signal } as ConnectorContext

/** A list of the partner in order of change, in numbered pages of two. */
const numbered =
  (items: Item[]): PollChangedSince<Item>['fetchPage'] =>
  async ({ since, page }) => {
    const from = Number(page ?? 0) * 2
    const found = items.filter(item => item.at >= (since ?? 0)).sort((a, b) => a.at - b.at)
    return {
      items: found.slice(from, from + 2),
      next: found.length > from + 2 ? String(Number(page ?? 0) + 1) : null,
    }
  }

const settings = (more: Partial<PollChangedSince<Item>>): PollChangedSince<Item> => ({
  topic: 'orders',
  cursor: null,
  context,
  overlapMs: 0,
  fetchPage: async () => ({ items: [], next: null }),
  idOf: item => item.id,
  changedAt: item => item.at,
  ...more,
})

async function run(more: Partial<PollChangedSince<Item>>, most = 20): Promise<PolledPage[]> {
  const pages: PolledPage[] = []
  for await (const page of pollChangedSince(settings(more))) {
    pages.push(page)
    if (pages.length === most) break
  }
  return pages
}

const idsOf = (pages: PolledPage[]) =>
  pages.map(({ messages }) => messages.map(({ body }) => (JSON.parse(String(body)) as Item).id))
const keysOf = (pages: PolledPage[]) => pages.flatMap(page => page.messages.map(({ dedupeKey }) => dedupeKey))
const lastCursor = (pages: PolledPage[]) => pages.at(-1)!.cursor

const ITEMS: Item[] = [
  { id: 'a', at: 10 },
  { id: 'b', at: 20 },
  { id: 'c', at: 20 },
  { id: 'd', at: 30 },
  { id: 'e', at: 40 },
]

describe('pollChangedSince', () => {
  it('reads all pages and moves the watermark at the end only', async () => {
    const pages = await run({ fetchPage: numbered(ITEMS) })
    expect(idsOf(pages)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
    expect(pages.map(({ cursor }) => (JSON.parse(cursor) as { since: unknown }).since)).toEqual([
      null,
      null,
      40,
    ])
  })

  it('goes on in the middle of a run, in another process', async () => {
    const [first] = await run({ fetchPage: numbered(ITEMS) }, 1)
    const rest = await run({ fetchPage: numbered(ITEMS), cursor: first!.cursor })
    expect(idsOf(rest)).toEqual([['c', 'd'], ['e']])
    expect(lastCursor(rest)).toBe('{"since":40}')
  })

  it('reads the newest instant again, less the overlap, with the keys it gave before', async () => {
    const before = await run({ fetchPage: numbered(ITEMS) })
    const again = await run({ fetchPage: numbered(ITEMS), cursor: lastCursor(before), overlapMs: 10 })
    expect(idsOf(again)).toEqual([['d', 'e']])
    expect(keysOf(before)).toEqual(expect.arrayContaining(keysOf(again)))
  })

  it('keeps apart two states of one instant', async () => {
    const state = async (note: string) =>
      keysOf(await run({ fetchPage: async () => ({ items: [{ id: 'a', at: 10, note }], next: null }) }))
    expect(await state('new')).not.toEqual(await state('paid'))
  })

  it.each([
    ['first from the wanted beginning', null, 50, 50],
    ['with an overlap', '{"since":1000}', null, 900],
    ['never before the wanted beginning', '{"since":1000}', 950, 950],
    ['never after the watermark', '{"since":1000}', 5_000, 1_000],
  ])('asks %s', async (_what, cursor, from, asked) => {
    const at: unknown[] = []
    const fetchPage: PollChangedSince<Item>['fetchPage'] = async ({ since }) => {
      at.push(since)
      return { items: [], next: null }
    }
    const pages = await run({ fetchPage, cursor, from, overlapMs: 100 })
    expect(at).toEqual([asked])
    expect(lastCursor(pages)).toBe(cursor ?? '{"since":null}')
  })

  it('is not led past changes to come by a clock that is ahead', async () => {
    const pages = await run({ fetchPage: async () => ({ items: [{ id: 'a', at: NOW * 2 }], next: null }) })
    expect(lastCursor(pages)).toBe(`{"since":${NOW}}`)
  })

  it('says when it asked: what is read later is newer', async () => {
    const [page] = await run({ fetchPage: numbered(ITEMS) })
    expect(page!.messages[0]!.eventAt).toBe(NOW)
  })

  it.each([
    ['its continuation', async () => ({ items: [], next: '1' })],
    [
      'its page',
      async ({ page }: { page: string | null }) => ({ items: [{ id: 'a', at: 1 }], next: `${page}+` }),
    ],
  ])('stops when the list repeats %s', async (_what, fetchPage) => {
    await expect(run({ fetchPage })).rejects.toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
  })

  it('refuses a record that does not say when it changed, and a cursor that is not its own', async () => {
    const fetchPage = async () => ({ items: [{ id: 'a', at: Number.NaN }], next: null })
    await expect(run({ fetchPage })).rejects.toMatchObject({ code: 'PARTNER_ANSWER_INVALID' })
    for (const cursor of ['5', 'null', '{', '{"since":"x"}'])
      await expect(run({ cursor })).rejects.toMatchObject({ code: 'UNEXPECTED' })
  })

  describe('with pages that shift', () => {
    it('loses nothing when a record changes while it reads', async () => {
      const items = structuredClone(ITEMS)
      const found = numbered(items)
      let pages = 0
      const fetchPage: typeof found = async at => {
        if (++pages === 2) items[0]!.at = 50
        return found(at)
      }
      const read = await run({ fetchPage, pages: 'shifting' })
      expect(new Set(idsOf(read).flat())).toEqual(new Set(['a', 'b', 'c', 'd', 'e']))
      expect(lastCursor(read)).toBe('{"since":50}')
    })

    it('gets through an instant that fills several pages', async () => {
      const same = ['a', 'b', 'c', 'd', 'e'].map(id => ({ id, at: 10 }))
      const read = await run({ fetchPage: numbered([...same, { id: 'f', at: 20 }]), pages: 'shifting' })
      expect(new Set(idsOf(read).flat()).size).toBe(6)
    })

    it('goes on from any of its cursors', async () => {
      const whole = await run({ fetchPage: numbered(ITEMS), pages: 'shifting' })
      for (const { cursor } of whole.slice(0, -1)) {
        const rest = await run({ fetchPage: numbered(ITEMS), pages: 'shifting', cursor })
        expect(lastCursor(rest)).toBe('{"since":40}')
        expect(idsOf(rest).flat()).toContain('e')
      }
    })
  })

  it('begins at a time in place of the settings, and says when records changed', async () => {
    const fetchPage = numbered(ITEMS)
    const pages = await run({
      cursor: changedCursorAt(20),
      from: 40,
      overlapMs: 15,
      pages: 'shifting',
      fetchPage,
    })
    expect(new Set(idsOf(pages).flat())).toEqual(new Set(['b', 'c', 'd', 'e']))
    expect(pages.flatMap(({ messages }) => messages.map(({ changedAt }) => changedAt)).at(-1)).toBe(40)
    expect(pages.at(-1)?.reached).toBe(40)
  })
})
