import { afterAll, afterEach, expect, it } from '@jest/globals'
import nock from 'nock'
import { poll } from '#connectors/storefronts/shopify/poll.ts'
import { context, eagerClock, SHOP } from './context.ts'

interface Variables {
  after: string | null
  query: string | null
}

const NO_MORE = { hasNextPage: false, endCursor: null }
const EMPTY = { nodes: [], pageInfo: NO_MORE }

const node = (n: number) => ({
  id: `gid://shopify/Order/${n}`,
  processedAt: '2026-01-15T10:00:00Z',
  updatedAt: new Date(Date.UTC(2026, 0, 15, 10) + n * 1_000).toISOString().replace('.000', ''),
  lineItems: EMPTY,
  shippingLines: EMPTY,
  refunds: [],
  fulfillments: [],
})

// nock stands in front of node:http for the whole worker: the files after this one want it back.
afterAll(() => nock.restore())

afterEach(() => nock.cleanAll())

it('begins a new pass where it stands before Shopify stops paging at 25 000 orders', async () => {
  const asked = new Map<string | null, Variables>()
  // Recorded where it matches, without counting: a matcher may be asked more than once about one request.
  const answer = (after: string | null, orders: object) =>
    nock(`https://${SHOP}`)
      .post('/admin/api/2026-10/graphql.json', body => {
        const { variables } = body as { variables: Variables }
        if (variables.after === after) asked.set(after, variables)
        return variables.after === after
      })
      .reply(200, { data: { shop: { ianaTimezone: 'UTC' }, orders } })
  answer('deep', { nodes: [node(20_000)], pageInfo: { hasNextPage: true, endCursor: 'deeper' } })
  answer(null, { nodes: [node(20_001)], pageInfo: NO_MORE })
  const since = '2026-01-15T10:00:00Z'
  const deep = { updatedAt: node(19_999).updatedAt, pass: { since, after: 'deep', read: 19_999 } }
  const polling = context(eagerClock())
  const cursors: unknown[] = []
  for await (const page of poll('order', JSON.stringify(deep), polling)) cursors.push(JSON.parse(page.cursor))
  polling.close()

  // The second pass starts two minutes before the newest order seen, 20 000 seconds after ten o'clock.
  expect([...asked.values()].map(({ after, query }) => [after, query])).toEqual([
    ['deep', "updated_at:>='2026-01-15T10:00:00Z'"],
    [null, "updated_at:>='2026-01-15T15:31:20Z'"],
  ])
  expect(cursors).toEqual([{ updatedAt: '2026-01-15T15:33:20Z' }, { updatedAt: '2026-01-15T15:33:21Z' }])
})
