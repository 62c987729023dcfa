import { afterEach, beforeEach, expect, it } from '@jest/globals'
import conformance from '#connectors/erp/netsuite/conformance.ts'
import { poll } from '#connectors/erp/netsuite/poll.ts'
import { probe } from '#connectors/erp/netsuite/probe.ts'
import { linesOf } from '#connectors/erp/netsuite/simulator/sublists.ts'
import type { NetsuiteSimulator } from '#connectors/erp/netsuite/simulator.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { Feed } from '#core/contracts/connector.ts'

const AT = Date.parse('2026-05-12T08:00:00Z')

let bench: Bench

beforeEach(async () => {
  bench = await openBench(conformance)
})
afterEach(() => bench.close())

async function records(
  feed: Feed,
  settings: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> {
  const connection = { ...bench.connection, settings: { ...bench.connection.settings, ...settings } }
  const read: Record<string, unknown>[] = []
  for await (const { messages } of poll(feed, null, { ...bench.context, connection }))
    for (const { body } of messages) read.push(JSON.parse(body.toString()) as Record<string, unknown>)
  return read
}

it('what changed is told as an instant, though queries write the clock of the user', async () => {
  await bench.simulator!.seed!('product', 1, AT)
  expect((await records('product')).at(0)).toMatchObject({ changed: '2026-05-12T08:00:00.000Z' })
})

it('the first poll leaves out what changed before it was asked to', async () => {
  await bench.simulator!.seed!('product', 3, AT)
  expect(await records('product', { pollFrom: '2026-05-12T08:00:01Z' })).toHaveLength(3)
})

it('a fulfilment comes with its order, its lines and the numbers of all parcels', async () => {
  const { account } = bench.simulator as NetsuiteSimulator
  const [id] = await bench.simulator!.seed!('shipment', 1, AT)
  const numbers = ['1Z1', '1Z2'].map(packageTrackingNumber => ({ packageTrackingNumber }))
  account.find('itemFulfillment', id!)!.body['package'] = { items: numbers }
  expect(await records('shipment')).toMatchObject([
    { id, createdfrom: '999', status: 'C', trackingnumbers: ['1Z1', '1Z2'], lines: [{ quantity: '1' }] },
  ])
})

it('a line of a fulfilment names where it leaves, by itself or by its fulfilment', async () => {
  const { account } = bench.simulator as NetsuiteSimulator
  const [id] = await bench.simulator!.seed!('shipment', 1, AT)
  const [line] = linesOf(account.find('itemFulfillment', id!)!.body)
  Object.assign(account.find('itemFulfillment', id!)!.body, {
    location: { id: '3' },
    item: { items: [line, { ...line, line: 2, location: undefined }] },
  })
  expect((await records('shipment'))[0]!['lines']).toMatchObject([
    { line: '1', location: '2', locationname: 'West' },
    { line: '2', location: '3', locationname: 'East' },
  ])
})

it('a probe names an item of the settings that is not there', async () => {
  await expect(probe(bench.context)).resolves.toMatchObject({ ok: true })
  const settings = { ...bench.connection.settings, taxItem: 'Sales Tax' }
  const context = { ...bench.context, connection: { ...bench.connection, settings } }
  await expect(probe(context)).rejects.toMatchObject({ detail: expect.stringContaining('“Sales Tax”') })
})
