import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { businessCentral } from '#connectors/erp/business-central/connector.ts'
import { SHIPPED_ORDER } from '#connectors/erp/business-central/simulator/furnish.ts'
import { COMPANY, messageOf, type Opened, openCompany, polled, told } from './company.ts'

let opened: Opened

beforeEach(async () => {
  opened = await openCompany()
})
afterEach(() => opened.bench.close())

const decoded = (topic: string, body: object) =>
  businessCentral.decode!(messageOf(topic, body), opened.context)

describe('what is polled of Business Central', () => {
  it('are items with their variants, without annotations', async () => {
    opened.simulator.company.books.items[0]!['@odata.etag'] = 'W/"1"'
    const { records, messages } = await polled(opened, 'product')
    expect(messages[0]!.topic).toBe('polled/item')
    expect(records.map(({ number }) => number)).toEqual(['MUG-1', 'CARD', 'BOOK-1'])
    expect(records[0]).toMatchObject({ itemVariants: [] })
    expect(JSON.stringify(records)).not.toContain('odata')
  })

  it('changes of one instant that come late are read with the next look, what is known has its old key', async () => {
    const at = opened.bench.clock.now()
    const first = await polled(opened, 'product')
    opened.simulator.seed!('product', 1, at)
    const second = await polled(opened, 'product', first.cursor)
    expect(second.records).toHaveLength(4)
    const known = new Set(first.messages.map(({ dedupeKey }) => dedupeKey))
    expect(second.messages.filter(({ dedupeKey }) => !known.has(dedupeKey))).toHaveLength(1)
  })

  it('stock is one figure an item; only what changed is news', async () => {
    const first = await polled(opened, 'inventory')
    expect(first.records).toContainEqual(expect.objectContaining({ number: 'MUG-1', inventory: 99 }))
    opened.simulator.company.books.items[1]!.inventory = 7
    expect((await polled(opened, 'inventory', first.cursor)).records).toMatchObject([
      { number: 'CARD', inventory: 7 },
    ])
  })

  it('shipments come with their lines', async () => {
    const { records } = await polled(opened, 'shipment')
    expect(records).toMatchObject([
      { externalDocumentNumber: 'PO-77', salesShipmentLines: [{ lineObjectNumber: 'MUG-1', quantity: 1 }] },
    ])
  })

  it('asks the API pages of an extension where the settings name them', async () => {
    const own = await openCompany({
      stockApi: 'contoso/stock/v1.0/stocks',
      shipmentApi: 'contoso/ship/v1.0/parcels',
    })
    for (const feed of ['inventory', 'shipment'] as const)
      await expect(polled(own, feed)).rejects.toMatchObject({ status: 404 })
    expect(
      own.bench
        .proxy!.requests.map(({ target }) => target.split('?')[0]!)
        .filter(one => one.includes('/api/')),
    ).toEqual([
      `/v2.0/contoso.example/Production/api/contoso/stock/v1.0/companies(${COMPANY})/stocks`,
      `/v2.0/contoso.example/Production/api/contoso/ship/v1.0/companies(${COMPANY})/parcels`,
    ])
    await own.bench.close()
  })

  it('blanks of a filter are written so that OData reads them', async () => {
    await polled(opened, 'inventory')
    const { target } = opened.bench.proxy!.requests.at(-1)!
    expect(target).toContain('?$filter=type%20eq%20%27Inventory%27&$select=')
  })
})

describe('what a notification leads to', () => {
  it('is the item as it now is', async () => {
    const { id } = opened.simulator.company.books.items[0]!
    expect(await decoded('items', told('items', id))).toMatchObject({ records: [{ id, number: 'MUG-1' }] })
  })

  it('of a deleted item is its id, of one that is gone nothing', async () => {
    const gone = '0a4e0000-be6e-4045-8dc8-00000000dead'
    expect(await decoded('items', told('items', gone, { changeType: 'deleted' }))).toEqual({
      records: [{ id: gone, deleted: true }],
    })
    expect(await decoded('items', told('items', gone))).toMatchObject({ skip: 'SOURCE_SKIPPED' })
  })

  it('of an order are its shipments', async () => {
    expect(await decoded('salesOrders', told('salesOrders', SHIPPED_ORDER))).toMatchObject({
      records: [{ externalDocumentNumber: 'PO-77', salesShipmentLines: [{}] }],
    })
    const gone = '0a4e0000-be6e-4045-8dc8-00000000dead'
    expect(await decoded('salesOrders', told('salesOrders', gone))).toMatchObject({
      skip: 'COVERED_ELSEWHERE',
    })
  })

  it('of very many records is left to the poll', async () => {
    const many = { resource: `api/v2.0/companies(${COMPANY})/items?$filter=x`, changeType: 'collection' }
    expect(await decoded('items', many)).toMatchObject({ skip: 'COVERED_ELSEWHERE' })
  })

  it.each(["items('x')", 'items(1) or 1', 'items'])('with “%s” for a record asks nobody', async end => {
    const before = opened.bench.proxy!.requests.length
    const body = { resource: `api/v2.0/companies(${COMPANY})/${end}`, changeType: 'updated' }
    await expect(decoded('items', body)).rejects.toMatchObject({ code: 'BODY_UNREADABLE' })
    expect(opened.bench.proxy!.requests).toHaveLength(before)
  })
})

describe('the probe', () => {
  it('names the company', async () => {
    expect(await businessCentral.probe!(opened.context)).toEqual({
      ok: true,
      detail: 'Company “CRONUS” can be read.',
    })
  })

  it('tells which companies the app sees where it is another', async () => {
    const other = await openCompany({ companyId: '00000000-0000-0000-0000-000000000000' })
    await expect(businessCentral.probe!(other.context)).rejects.toMatchObject({
      ...{ recovery: 'reauthorize', detail: expect.stringContaining(`CRONUS = ${COMPANY}`) },
    })
    await other.bench.close()
  })
})
