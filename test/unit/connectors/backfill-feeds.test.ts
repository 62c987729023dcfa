import { expect, it } from '@jest/globals'
import { CONNECTORS } from '#connectors/registry.ts'

const SINCE = Date.UTC(2026, 0, 1)

/** Lists that can only be read whole, queues and folders. A new feed says where a poll begins at a time, or stands here. */
const WITHOUT_TIME = new Set([
  'amazon queue',
  'bigcommerce inventory',
  'business-central inventory',
  'easypost shipment',
  'edi-x12 file',
  'erpnext inventory',
  'netsuite inventory',
  'shipbob inventory',
  'shipbob return',
])

const FEEDS = CONNECTORS.flatMap(({ manifest: { id, polls = {} } }) =>
  Object.entries(polls).map(([feed, poll]) => ({ name: `${id} ${feed}`, poll })),
)

it('can be read from a time on, or is known not to know any', () => {
  const without = FEEDS.filter(({ poll }) => !poll.cursorAt).map(({ name }) => name)
  expect(without.filter(name => !WITHOUT_TIME.has(name))).toEqual([])
})

it('begins at that time, whatever the settings say of a first poll', () => {
  for (const { poll } of FEEDS) {
    const cursor = JSON.parse(poll.cursorAt?.(SINCE) ?? 'null')
    if (cursor !== null) expect([SINCE, '2026-01-01T00:00:00Z']).toContain(cursor.from)
  }
})
