import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { ediX12 } from '#connectors/fulfilment/edi-x12/connector.ts'
import { readFile } from '#connectors/fulfilment/edi-x12/read-file.ts'
import { openReceived } from '#connectors/fulfilment/edi-x12/state/received.ts'
import type { ConnectorContext, Decoded, RawMessage } from '#core/contracts/connector.ts'
import type { Mapper, Plan } from '#core/contracts/mapper.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator, type Validator } from '#core/documents/validate.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { fixturesDir } from '#test/support/fixtures.ts'

const MAPPINGS = fileURLToPath(new URL('../../mappings', import.meta.url))

/** Sets that we send or do not speak: read, acknowledged, and counted as TOPIC_IGNORED. */
const OTHER_SETS: Readonly<Record<string, string>> = {
  '180-1.edi': 'return authorisations are not spoken',
  '214-1.edi': 'carrier status is not spoken',
  '810-1.edi': 'invoices go out',
  '810-2.edi': 'invoices go out',
  '810-3.edi': 'invoices go out',
  '855-1.edi': 'acknowledgements of orders go out',
  '855-2.edi': 'acknowledgements of orders go out',
  '940-1.edi': 'warehouse orders go out',
}

const DOCUMENTS: Readonly<Record<string, readonly string[]>> = {
  '846-1.edi': ['46L5055@SAN003'],
  '850-1.edi': ['08292233294'],
  '850-2.edi': ['----------'],
  '850-3.edi': ['1000012'],
  '856-1.edi': ['829716'],
  '856-2.edi': ['000009/POREF00', '000009/POREF01'],
  '945-1.edi': ['2144'],
  // Breaks a syntax note and says all that is needed: taken, and acknowledged with E.
  'invalid-1.edi': ['08292233294'],
}

const folder = fixturesDir() === null ? null : join(fixturesDir()!, 'edi')
if (folder === null) console.warn('Skipped: the folder of real partner payloads is not there (HUB_FIXTURES).')
const suite = folder === null ? describe.skip : describe

suite('real X12 files', () => {
  let mapper: Mapper
  let validator: Validator
  let byTopic: ReadonlyMap<string, Plan>

  beforeAll(async () => {
    const schemas = await loadSchemas(MAPPINGS)
    validator = createValidator(schemas)
    mapper = createMapper({ schemas })
    byTopic = (await loadMappings(MAPPINGS, mapper, file => file.startsWith('fulfilment/edi-x12/'))).byTopic
  })

  it.each(Object.entries(DOCUMENTS))('%s becomes documents that fit and balance', async (file, ids) => {
    const documents = await documentsOf(file)
    expect(documents.map(({ externalId }) => externalId)).toEqual(ids)
  })

  it.each(['850-1.edi', '850-2.edi', '850-3.edi'])('%s keeps every line and every cent', async file => {
    const [order] = await documentsOf(file)
    const segments = plainly(file)
    const items = segments.filter(([id]) => id === 'PO1')
    expect(order!['lines']).toMatchObject(
      items.map(([, , quantity, unit, price]) => ({
        quantity: Number(quantity),
        unitPrice: Number(price).toFixed(2),
        attributes: { unit },
      })),
    )
    const cents = items.reduce(
      (sum, [, , n, , price]) => sum + Number(n) * Math.round(Number(price) * 100),
      0,
    )
    expect(order!['totals']).toMatchObject({ total: (cents / 100).toFixed(2) })
    const stated = segments.find(([id, kind]) => id === 'AMT' && kind === '1')?.[2]
    if (stated) expect(order!['totals']).toMatchObject({ lines: stated })
    const at = segments.findIndex(([id, role]) => id === 'N1' && role === 'ST')
    const [, , name] = segments[at]!
    const [, street] = segments.slice(at).find(([id]) => id === 'N3')!
    const [, city, provinceCode, postalCode] = segments.slice(at).find(([id]) => id === 'N4')!
    expect(order!['shippingAddress']).toMatchObject({ name, line1: street, city, provinceCode, postalCode })
    expect(order).toMatchObject({ poNumber: segments.find(([id]) => id === 'BEG')?.[3] })
  })

  it('850-2.edi keeps the free text, 850-3.edi is a test', async () => {
    const [text] = plainly('850-2.edi').filter(([id]) => id === 'MSG')
    expect((await documentsOf('850-2.edi'))[0]).toMatchObject({ note: text![1] })
    expect((await documentsOf('850-3.edi'))[0]).toMatchObject({ test: true })
  })

  it('846-1.edi keeps the states of stock apart', async () => {
    const [stock] = await documentsOf('846-1.edi')
    const quantity = (code: string) =>
      Number(plainly('846-1.edi').find(([id, qualifier]) => id === 'QTY' && qualifier === code)![2])
    expect(stock).toMatchObject({
      ...{ sku: '46L5055', onHand: quantity('34'), qualityHold: quantity('QH') + quantity('QB') },
      countedAt: '2004-08-11T23:00:00Z',
      location: { externalId: 'SAN003', name: 'EMS PLANT E88' },
    })
  })

  it('945-1.edi keeps ordered and shipped, lots and tracking numbers', async () => {
    const [shipment] = await documentsOf('945-1.edi')
    const segments = plainly('945-1.edi')
    const items = segments.filter(([id]) => id === 'W12')
    expect(shipment!['lines']).toMatchObject(
      items.map(([, , ordered, shipped, , , , , sku, lot]) => ({
        ...{ sku, lot },
        ...{ quantity: Number(shipped), orderedQuantity: Number(ordered) },
      })),
    )
    expect(shipment!['packages']).toMatchObject(
      segments.filter(([id]) => id === 'N9').map(([, , trackingNumber]) => ({ trackingNumber })),
    )
    expect(shipment).toMatchObject({ attributes: { unitsShipped: 920, weight: 46_600, complete: true } })
  })

  it('856-2.edi is one shipment for each order, every item in its pack', async () => {
    const documents = await documentsOf('856-2.edi')
    const packs = plainly('856-2.edi').filter(([id]) => id === 'MAN')
    const items = plainly('856-2.edi').filter(([id]) => id === 'LIN')
    const parcels = documents.flatMap(one => one['packages'] as Record<string, unknown>[])
    expect(parcels).toMatchObject(
      packs.map(([, , sscc], index) => ({ sscc, lines: [{ sku: items[index]![3], quantity: 12 }] })),
    )
    expect(documents.map(one => one['orderNumber'])).toEqual(['POREF00', 'POREF01'])
    expect(documents.map(one => (one['lines'] as unknown[]).length)).toEqual([4, 1])
    expect(documents[0]).toMatchObject({ shippedAt: '2009-09-21T00:00:00Z' })
  })

  it.each(['997-1.edi', '997-2.edi', '999-1.edi'])('%s refuses a group: a dead letter', async file => {
    await expect(decoded(file)).rejects.toMatchObject({ code: 'PARTNER_REFUSED' })
  })

  it('ta1-1.edi is counted as acknowledged', async () => {
    expect(await decoded('ta1-1.edi')).toEqual([
      expect.objectContaining({ skip: 'ACKNOWLEDGED' }),
      expect.objectContaining({ skip: 'ACKNOWLEDGED' }),
    ])
  })

  it.each([
    ['invalid-2.edi', /SE02 is 0002, ST02 is 0001/],
    ['860-1.edi', /SE01 says 10 segments, there are 9/],
  ])('%s is a dead letter that says why', async (file, detail) => {
    await expect(decoded(file)).rejects.toMatchObject({
      code: 'BODY_UNREADABLE',
      detail: expect.stringMatching(detail),
    })
  })

  it('invalid-1.edi is a dead letter where syntax errors are to be rejected', async () => {
    await expect(decoded('invalid-1.edi', { syntaxErrors: 'reject' })).rejects.toMatchObject({
      code: 'BODY_UNREADABLE',
      detail: expect.stringMatching(/PO1 at position 13: element 7/),
    })
  })

  it.each(Object.entries(OTHER_SETS))('%s is read whole: %s', async file => {
    for (const answer of await decoded(file)) {
      const [record] = 'records' in answer ? (answer.records as { set: string }[]) : []
      expect(byTopic.get(`edi-x12 ${record!.set}`)).toBeUndefined()
    }
  })

  it('are all looked at', () => {
    const looked = [...Object.keys(DOCUMENTS), ...Object.keys(OTHER_SETS)]
    const rest = readdirSync(folder!).filter(file => !looked.includes(file))
    expect(rest).toEqual(['860-1.edi', '997-1.edi', '997-2.edi', '999-1.edi', 'invalid-2.edi', 'ta1-1.edi'])
  })

  async function documentsOf(file: string): Promise<Record<string, unknown>[]> {
    const answers = await decoded(file)
    const records = answers.flatMap(answer => ('records' in answer ? answer.records : []))
    return records.map(record => {
      const { set } = record as { set: string }
      const plan = byTopic.get(`edi-x12 ${set}`)!
      const { connection } = contextWith()
      const run = mapper.run(plan, record, {
        bindings: { topic: set, headers: {}, settings: connection.settings, connection },
      })
      if (!run.ok) throw new Error(JSON.stringify(run))
      expect(validator.validate(plan.target!, run.output.body)).toEqual([])
      expect(checkInvariants(plan.target!, run.output.body)).toEqual([])
      return { externalId: run.output.externalId, ...run.output.body }
    })
  }

  /** The way of the poller: a file, its messages, their records. */
  async function decoded(file: string, settings: Record<string, unknown> = {}): Promise<Decoded[]> {
    const context = contextWith(settings)
    const bytes = readFileSync(join(folder!, file))
    const received = openReceived(String(context.connection.settings['stateFolder']))
    const { messages } = await readFile({ name: file, bytes }, received, context)
    return Promise.all(messages.map(message => decodedOne(message, context)))
  }

  async function decodedOne(message: RawMessage, context: ConnectorContext): Promise<Decoded> {
    return ediX12.decode!({ ...message, via: 'pull' }, context)
  }

  /** Segments by the eye: what separates them is looked up in the file, not in its ISA. */
  function plainly(file: string): string[][] {
    const text = readFileSync(join(folder!, file), 'utf8')
    const [separator, end] = file.startsWith('846') ? ['~', '}'] : ['*', /~?\r?\n/]
    return text.split(end).map(line => line.trim().split(separator))
  }
})

function contextWith(settings: Record<string, unknown> = {}): ConnectorContext {
  const own = { inFolder: '/nowhere/in', outFolder: '/nowhere/out', senderId: 'US', receiverId: 'THEM' }
  const stateFolder = mkdtempSync(join(tmpdir(), 'edi-x12-'))
  const connection = { id: 'c', tenant: 't', connector: 'edi-x12', secrets: {} }
  return {
    connection: { ...connection, settings: { ...own, stateFolder, ...settings } },
    log: () => undefined,
  } as unknown as ConnectorContext
}
