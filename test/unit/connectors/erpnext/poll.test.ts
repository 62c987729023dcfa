import { afterEach, beforeEach, expect, it } from '@jest/globals'
import conformance from '#connectors/erp/erpnext/conformance.ts'
import { poll } from '#connectors/erp/erpnext/poll.ts'
import type { ErpnextSimulator } from '#connectors/erp/erpnext/simulator.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { Feed } from '#core/contracts/connector.ts'

const AT = Date.parse('2026-05-12T08:00:00Z')

let bench: Bench

beforeEach(async () => {
  bench = await openBench(conformance)
})
afterEach(() => bench.close())

async function records(feed: Feed): Promise<Record<string, unknown>[]> {
  const read: Record<string, unknown>[] = []
  for await (const { messages } of poll(feed, null, bench.context))
    for (const { body } of messages) read.push(JSON.parse(body.toString()) as Record<string, unknown>)
  return read
}

it('what changed is told as an instant, though the site writes its own clock', async () => {
  await bench.simulator!.seed!('product', 1, AT)
  expect(await records('product')).toMatchObject([{ modified: '2026-05-12T08:00:00.000Z' }])
})

it('a delivery note comes with its rows; drafts and returns do not come', async () => {
  const { site } = bench.simulator as ErpnextSimulator
  const [name] = await bench.simulator!.seed!('shipment', 1, AT)
  const items = [{ item_code: 'MUG-1', qty: 1 }]
  site.insert('Delivery Note', { company: 'Acme', docstatus: 0, is_return: 0, items })
  site.insert('Delivery Note', { company: 'Acme', docstatus: 1, is_return: 1, items })
  site.insert('Delivery Note', { company: 'Another', docstatus: 1, is_return: 0, items })
  expect(await records('shipment')).toMatchObject([
    { name, docstatus: 1, items: [{ parent: name, qty: 1, against_sales_order: 'SO-SEED' }] },
  ])
})

it('stock comes by item and warehouse, and only what differs comes again', async () => {
  const [id] = await bench.simulator!.seed!('inventory', 2, AT)
  expect(await records('inventory')).toHaveLength(2)
  const first: string[] = []
  for await (const { cursor } of poll('inventory', null, bench.context)) first.push(cursor)
  bench.simulator!.touch!('inventory', id!, AT)
  const again: unknown[] = []
  for await (const { messages } of poll('inventory', first.at(-1)!, bench.context))
    again.push(...messages.map(({ body }) => JSON.parse(body.toString()) as unknown))
  expect(again).toMatchObject([{ actual_qty: 8 }])
})
