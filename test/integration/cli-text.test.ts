import { describe, expect, it } from '@jest/globals'
import { topicOf } from '#workers/cli/demo/samples.ts'
import { ago } from '#workers/cli/text/ago.ts'
import { table } from '#workers/cli/text/table.ts'

const columns = [
  { title: 'NAME', of: ({ name }: { name: string; count: number }) => name },
  { title: 'COUNT', of: ({ count }: { name: string; count: number }) => count, right: true as const },
]

describe('a table for people', () => {
  it('aligns columns, numbers on the right, without blanks at the end of lines', () =>
    expect(
      table(
        [
          { name: 'a', count: 5 },
          { name: 'long name', count: 1234 },
        ],
        columns,
        80,
      ),
    ).toBe('NAME       COUNT\na              5\nlong name   1234'))

  it('shortens the widest column where the terminal is narrow, and no other', () => {
    const lines = table([{ name: 'x'.repeat(100), count: 1234 }], columns, 40).split('\n')
    expect(lines[1]).toBe(`${'x'.repeat(32)}…   1234`)
  })

  it('keeps a cell of several lines on one', () =>
    expect(table([{ name: 'a\nb', count: 1 }], columns, 80)).toContain('a b'))
})

describe('a relative time', () => {
  it.each([
    [0, 'now'],
    [-400, 'now'],
    [-5_000, '5s ago'],
    [-180_000, '3m ago'],
    [-7_200_000, '2h ago'],
    [3_600_000 * 30, 'in 1d'],
  ])('%d ms away is “%s”', (distance, text) => expect(ago(1e12 + distance, 1e12)).toBe(text))
})

describe('samples of the demo', () => {
  it.each([
    ['order-1.json', 'orders/updated'],
    ['webhook-orders-create-1.json', 'orders/updated'],
    ['fulfillment-packages.json', 'fulfillments/create'],
    ['webhook-refunds-create-1.json', 'refunds/create'],
    ['product.json', 'products/update'],
    ['order-lineitem-1.json', null],
    ['fulfillment-order-1.json', null],
    ['graphql-return-1.json', null],
    ['draft-order-1.json', null],
  ])('%s is sent as %s', (file, topic) => expect(topicOf(file)).toBe(topic))
})
