import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import conformance from '#connectors/erp/erpnext/conformance.ts'
import { hubKey } from '#connectors/erp/erpnext/hub-key.ts'
import { probe } from '#connectors/erp/erpnext/probe.ts'
import { push } from '#connectors/erp/erpnext/push.ts'
import type { StoredDoc } from '#connectors/erp/erpnext/simulator/site.ts'
import type { ErpnextSimulator } from '#connectors/erp/erpnext/simulator.ts'
import { type Bench, openBench } from '#connectors/sdk/testkit/bench/bench.ts'
import type { ConnectorContext, PushOperation, PushResult } from '#core/contracts/connector.ts'

const KEY = 'acme:shop:1001'

let bench: Bench

beforeEach(async () => {
  bench = await openBench(conformance)
})
afterEach(() => bench.close())

const site = () => (bench.simulator as ErpnextSimulator).site

const operation = (
  over: Partial<PushOperation> & Pick<PushOperation, 'resource' | 'body'>,
): PushOperation => ({
  ...{ key: KEY, revision: 1, externalId: null, dependencies: {}, uncertain: false },
  ...{ idempotencyKey: 'k', sending: () => undefined },
  ...over,
})

const given = conformance.pushes!.order!.operation(1, 1)

const withSettings = (settings: Record<string, unknown>): ConnectorContext => ({
  ...bench.context,
  connection: { ...bench.connection, settings: { ...bench.connection.settings, ...settings } },
})

const pushed = (
  body: Record<string, unknown> = {},
  settings: Record<string, unknown> = {},
): Promise<PushResult> =>
  push(operation({ resource: 'order', body: { ...given.body, ...body } }), withSettings(settings))

const orders = (): StoredDoc[] =>
  site()
    .of('Sales Order')
    .filter(doc => String(doc['custom_hub_key']).startsWith(KEY))

const states = () => orders().map(({ docstatus, custom_hub_key: key }) => [key, docstatus])

const TWO = { total: '25.00', items: [{ item_code: 'MUG-1', qty: 2, rate: 10 }] }

describe('an order', () => {
  it('is submitted once its total is the channel’s', async () => {
    await pushed()
    expect(states()).toEqual([[KEY, 1]])
  })

  it('that ERPNext sums up otherwise stays a draft and is parked with the difference', async () => {
    await expect(pushed({ total: '15.01' })).rejects.toMatchObject({
      ...{ code: 'TOTAL_DIFFERS', recovery: 'park' },
      detail: expect.stringMatching(/15\.00.*15\.01.*-0\.01/),
    })
    expect(states()).toEqual([[KEY, 0]])
  })

  it('that was left a draft is put right and submitted, not made again', async () => {
    await expect(pushed({ total: '25.00' })).rejects.toMatchObject({ code: 'TOTAL_DIFFERS' })
    await pushed(TWO)
    expect(orders()).toMatchObject([{ custom_hub_key: KEY, docstatus: 1, grand_total: 25 }])
  })

  it('stays a draft where that is wanted', async () => {
    await pushed({}, { submit: false })
    expect(states()).toEqual([[KEY, 0]])
  })

  it('whose SKU ERPNext does not know is shown to a person, by its name, and nothing is made of it', async () => {
    await expect(pushed({ items: [{ item_code: 'X-9', qty: 1, rate: 1 }] })).rejects.toMatchObject({
      ...{ code: 'SKU_UNKNOWN', recovery: 'park', fingerprint: 'sku:X-9' },
      detail: expect.stringContaining('“X-9”'),
    })
    expect([orders(), site().of('Address')]).toEqual([[], []])
  })

  it('with a line without a SKU names the line', async () => {
    const items = [{ description: 'Engraving', qty: 1, rate: 1 }]
    await expect(pushed({ items })).rejects.toMatchObject({ detail: expect.stringContaining('“Engraving”') })
  })

  it('with money that no account is set for names the setting', async () => {
    const charges = [{ charge: 'fee', tax_amount: 2 }]
    await expect(pushed({ charges })).rejects.toMatchObject({
      detail: expect.stringContaining('`feeAccount`'),
    })
  })

  it('that changed is amended: the submitted one is cancelled, and the new one names it', async () => {
    const { externalId } = await pushed()
    await pushed(TWO)
    expect(states()).toEqual([
      [KEY, 2],
      [`${KEY}~2`, 1],
    ])
    expect(orders()[1]).toMatchObject({ amended_from: externalId, grand_total: 25 })
  })

  it('whose process died between cancelling and amending is amended, once', async () => {
    const { externalId } = await pushed()
    site().update('Sales Order', externalId, { docstatus: 2 })
    await pushed(TWO)
    await pushed(TWO)
    expect(states()).toEqual([
      [KEY, 2],
      [`${KEY}~2`, 1],
    ])
  })

  it('that says the same is not written again', async () => {
    await pushed()
    const writes = orders()[0]!.writes
    await pushed({ po_no: '#1001 (paid)' })
    expect(orders()).toMatchObject([{ writes, docstatus: 1 }])
  })

  it('that was cancelled is cancelled, and a draft is taken away', async () => {
    await pushed()
    await pushed({ cancelled: true })
    expect(states()).toEqual([[KEY, 2]])
    await pushed({}, { submit: false })
    await pushed({ cancelled: true })
    expect(states()).toEqual([[KEY, 2]])
  })

  it('that was cancelled before ERPNext had it is left out', async () => {
    await expect(pushed({ cancelled: true })).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
  })

  it('that somebody saved meanwhile is read again', async () => {
    await pushed({}, { submit: false })
    bench.proxy!.watch({
      before({ method }) {
        if (method === 'PUT') orders()[0]!.modified = '2030-01-01 00:00:00.000000'
      },
    })
    await expect(pushed(TWO)).rejects.toMatchObject({ code: 'PARTNER_CONFLICT', recovery: 'retry' })
    bench.proxy!.watch({})
    await pushed(TWO)
    expect(orders()).toMatchObject([{ grand_total: 25, docstatus: 1 }])
  })

  it('that two processes make at once is one', async () => {
    await Promise.all([pushed(), pushed()])
    expect(states()).toEqual([[KEY, 1]])
  })
})

describe('the customer and address of an order', () => {
  it('are the ones with the same e-mail and the same words', async () => {
    site().insert('Customer', { name: 'CUST-7', email_id: 'buyer-1@example.com', disabled: 0 })
    await pushed()
    await push(operation({ resource: 'order', key: 'acme:shop:1002', body: given.body }), bench.context)
    expect([site().of('Customer').length, site().of('Address').length]).toEqual([2, 1])
    expect(orders()[0]).toMatchObject({ customer: 'CUST-7' })
  })

  it('are made once for all orders of a buyer without an e-mail', async () => {
    const body = { ...given.body, buyer: { key: 'shopify:77', customer_name: 'Guest' } }
    const all = ['1', '2', '3'].map(n => operation({ resource: 'order', key: `acme:shop:${n}`, body }))
    await Promise.all(all.map(one => push(one, bench.context)))
    expect([site().of('Customer').length, site().of('Address').length]).toEqual([2, 1])
  })

  it('do not hold anybody’s name in their key', async () => {
    await pushed()
    const keys = ['Customer', 'Address'].flatMap(doctype =>
      site()
        .of(doctype)
        .map(doc => doc['custom_hub_key']),
    )
    expect(keys.join()).not.toMatch(/buyer|mara|canal/i)
  })
})

it('a return of goods goes against the delivery note of its order', async () => {
  const shipment = conformance.pushes!.shipment!.operation(1, 1)
  const returned = conformance.pushes!.return!.operation(1, 1)
  const context = withSettings({ returnsAs: 'deliveryNote' })
  const back = operation({ ...returned, resource: 'return' })
  await expect(push(back, context)).rejects.toMatchObject({ fingerprint: 'delivery' })
  const note = await push(operation({ ...shipment, resource: 'shipment' }), context)
  const { externalId } = await push(back, context)
  expect(site().find('Delivery Note', externalId)).toMatchObject({
    ...{ is_return: 1, return_against: note.externalId, docstatus: 1 },
    items: [{ qty: -1, dn_detail: expect.any(String) }],
  })
})

describe('a shipment', () => {
  const shipment = conformance.pushes!.shipment!.operation(1, 1)
  const ship = (n: number, quantities: readonly number[], more: Record<string, unknown> = {}) =>
    push(
      operation({
        ...{ ...shipment, resource: 'shipment', key: `acme:wms:${n}` },
        body: { items: quantities.map(qty => ({ item_code: 'MUG-1', qty })), ...more },
        dependencies: { 'order:acme:shop:1': 'SO-TWO' },
      }),
      bench.context,
    )
  const notes = () =>
    site()
      .of('Delivery Note')
      .filter(({ docstatus }) => docstatus === 1)
      .map(({ items }) =>
        (items as { so_detail: string; qty: number }[]).map(row => [row.so_detail, row.qty]),
      )

  beforeEach(() => {
    const rows = ['row-a', 'row-b'].map(name => ({ name, item_code: 'MUG-1', qty: 2, rate: 10 }))
    site().insert('Sales Order', { name: 'SO-TWO', customer: 'Web shop', docstatus: 1, items: rows })
  })

  it('is no delivery note before it has left', async () => {
    await expect(ship(1, [1], { waiting: true })).rejects.toMatchObject({ code: 'SOURCE_SKIPPED' })
    expect(notes()).toEqual([])
    await ship(1, [1])
    expect(notes()).toEqual([[['row-a', 1]]])
  })

  it('names an item as often as its parcels do', async () => {
    await ship(1, [1, 1, 1])
    expect(notes()).toEqual([
      [
        ['row-a', 2],
        ['row-b', 1],
      ],
    ])
  })

  it('goes on with the rows that earlier ones have left open, and keeps its own when it is told again', async () => {
    await ship(1, [1])
    await ship(2, [2])
    await ship(1, [1], { lr_no: '1Z999' })
    await ship(3, [1])
    expect(notes()).toEqual([
      [
        ['row-a', 1],
        ['row-b', 1],
      ],
      [['row-a', 1]],
      [['row-b', 1]],
    ])
  })

  it('of more than the order has open is shown to a person', async () => {
    await ship(1, [3])
    await expect(ship(2, [2])).rejects.toMatchObject({ code: 'PARTNER_REFUSED', fingerprint: 'lines' })
  })
})

describe('a probe', () => {
  it('says where the key field is missing, and how it is made', async () => {
    site().remove('Custom Field', site().of('Custom Field')[0]!.name)
    site().of('Custom Field')[0]!['unique'] = 0
    await expect(probe(bench.context)).rejects.toMatchObject({
      detail: expect.stringMatching(/Sales Order, Delivery Note\..*Customize Form.*Unique/),
    })
  })
})

it('a refusal says what the site said, without e-mail addresses', async () => {
  const message = 'Customer <b>zoe@example.com</b> is frozen'
  bench.proxy!.script(({ method }) => {
    if (method !== 'POST') return null
    const body = {
      exc_type: 'ValidationError',
      _server_messages: JSON.stringify([JSON.stringify({ message })]),
    }
    return { kind: 'answer', status: 417, body: JSON.stringify(body) }
  })
  await expect(pushed()).rejects.toMatchObject({
    ...{ code: 'PARTNER_REFUSED', detail: 'HTTP 417. ValidationError: Customer ••• is frozen' },
  })
})

it('keys longer than the field are shortened without meeting another', () => {
  const long = `acme:shop:${'9'.repeat(200)}`
  expect(hubKey('acme:shop:1')).toBe('acme:shop:1')
  expect([hubKey(long).length <= 140, hubKey(`${long}1`) === hubKey(`${long}2`)]).toEqual([true, false])
})
