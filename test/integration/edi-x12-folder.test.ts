import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { X12Parser } from 'node-x12'
import { ediPartner, orderBody } from './edi-x12-partner.ts'

const HOUR = 3_600_000

type Partner = Awaited<ReturnType<typeof ediPartner>>

describe('an EDI partner that is spoken to by folders', () => {
  const open: Partner[] = []
  const partner = async (settings: Record<string, unknown> = {}): Promise<Partner> => {
    const one = await ediPartner(settings)
    open.push(one)
    return one
  }
  afterEach(async () => {
    for (const one of open.splice(0)) await one.warehouse.close()
  })

  const filesOf = ({ root }: Partner, folder: string, pattern = /./): string[] =>
    readdirSync(join(root, folder)).filter(name => pattern.test(name))
  const textOf = ({ root }: Partner, folder: string, name: string): string =>
    readFileSync(join(root, folder, name), 'utf8')

  it('an order goes out as a 940 that another reader understands, and comes back short in a 945', async () => {
    const edi = await partner()
    const { externalId } = await edi.push({ body: orderBody('1001', 3) })
    expect(externalId).toBe('1001')
    const [file] = filesOf(edi, 'out', /^940/)
    const parser = new X12Parser(true)
    const interchange = parser.parse(textOf(edi, 'out', file!)) as {
      functionalGroups: { transactions: unknown[] }[]
    }
    expect(parser.diagnostics).toEqual([])
    expect(interchange.functionalGroups[0]!.transactions).toHaveLength(1)
    // What ends elements and segments elsewhere does not do so in a name.
    expect(textOf(edi, 'out', file!)).toContain('N1*ST*Zoë   Ünlüer~')

    await edi.warehouse.work({ short: 1 })
    const messages = await edi.poll()
    expect(messages.map(({ topic }) => topic)).toEqual(['945', '997'])
    const [advice, acknowledged] = await Promise.all(messages.map(edi.outcome))
    expect(advice).toMatchObject({
      records: [
        {
          W06: { W0602: '1001' },
          LX: [{ W12: [{ W1201: 'BP', W1202: '3', W1203: '2', W1204: '1', ids: { VN: 'TENT-2' } }] }],
        },
      ],
    })
    expect(acknowledged).toMatchObject({ skip: 'ACKNOWLEDGED' })
  })

  it('the 945 is acknowledged by a 997, the 997 is not, and both files are kept as they came', async () => {
    const edi = await partner()
    await edi.push({ body: orderBody('1001', 3) })
    await edi.warehouse.work()
    const came = filesOf(edi, 'in').map(name => [name, textOf(edi, 'in', name)])
    await edi.poll()
    const [answer, ...others] = filesOf(edi, 'out', /^997/)
    expect(others).toEqual([])
    expect(textOf(edi, 'out', answer!)).toMatch(/AK1\*SW\*2~\nAK2\*945\*0001~\nAK5\*A~\nAK9\*A\*1\*1\*1~/)
    expect(filesOf(edi, 'in', /\.edi$/)).toEqual([])
    expect(came.map(([name]) => [name, textOf(edi, 'in/archive', name!)])).toEqual(came)
  })

  it('a poll that dies before it clears up gives the same messages again, and one 997', async () => {
    const edi = await partner()
    await edi.warehouse.stock(['TENT-2', 'LAMP-1'], Date.UTC(2026, 4, 12))
    const died = await edi.poll({ dies: true })
    const again = await edi.poll()
    expect(again.map(({ dedupeKey }) => dedupeKey)).toEqual(died.map(({ dedupeKey }) => dedupeKey))
    expect(again).toHaveLength(2)
    expect(filesOf(edi, 'out', /^997/)).toHaveLength(1)
    expect(await edi.poll()).toEqual([])
  })

  it('a file sent twice is one; its control number with other content is a dead letter', async () => {
    const edi = await partner()
    const text = edi.warehouse.writer.stock(7, ['TENT-2'], Date.UTC(2026, 4, 12))
    await edi.warehouse.put('a.edi', text)
    const [first] = await edi.poll()
    await edi.warehouse.put('b.edi', text)
    const [second] = await edi.poll()
    expect(second!.dedupeKey).toBe(first!.dedupeKey)

    await edi.warehouse.put('c.edi', text.replace('QTY|17|10', 'QTY|17|11'))
    const [other] = await edi.poll()
    expect(other!.dedupeKey).not.toBe(first!.dedupeKey)
    expect(await edi.outcome(other!)).toMatchObject({ code: 'CONTROL_NUMBER_REUSED' })
    const refused = filesOf(edi, 'out', /^997/).map(name => textOf(edi, 'out', name))
    expect(refused.filter(answer => answer.includes('AK9*R*1*1*0'))).toHaveLength(1)
  })

  it('numbers that were left out are told, until they have come', async () => {
    const edi = await partner()
    const stock = (number: number) =>
      edi.warehouse.put(`s${number}.edi`, edi.warehouse.writer.stock(number, [`A${number}`], 0))
    await stock(4)
    await edi.poll()
    await stock(7)
    const [gap] = await edi.poll()
    expect(gap!.topic).toBe('control-gap')
    expect(await edi.outcome(gap!)).toMatchObject({
      code: 'CONTROL_NUMBER_GAP',
      detail: 'Interchanges 5 to 6.',
    })
    await stock(5)
    await stock(6)
    expect((await edi.poll()).map(({ topic }) => topic)).toEqual(['846', '846'])
    expect(await edi.outcome(gap!)).toMatchObject({ skip: 'COVERED_ELSEWHERE' })
  })

  it('a group that nobody acknowledges in time is told once', async () => {
    const edi = await partner({ acknowledgeWithinHours: 4 })
    await edi.push({ body: orderBody('1001', 3) })
    await edi.warehouse.work({ silent: true })
    edi.pass(3 * HOUR)
    expect(await edi.poll()).toEqual([])
    edi.pass(HOUR)
    const [missing, ...more] = await edi.poll()
    expect(more).toEqual([])
    expect(await edi.outcome(missing!)).toMatchObject({
      code: 'ACKNOWLEDGEMENT_MISSING',
      detail: expect.stringContaining('940 1 (acme:shop:1)'),
    })
    expect(await edi.poll()).toEqual([])

    // It comes after all: replaying the dead letter finds that.
    const [sent] = edi.warehouse.sent()
    await edi.warehouse.put('late.edi', edi.warehouse.writer.acknowledge(9, sent!))
    await edi.poll()
    expect(await edi.outcome(missing!)).toMatchObject({ skip: 'ACKNOWLEDGED' })
  })

  it('a rejected 940 is a dead letter that names the order', async () => {
    const edi = await partner()
    await edi.push({ body: orderBody('1001', 3) })
    const [sent] = edi.warehouse.sent()
    await edi.warehouse.put('no.edi', edi.warehouse.writer.acknowledge(1, sent!, 'R'))
    const [refusal] = await edi.poll()
    expect(await edi.outcome(refusal!)).toMatchObject({
      code: 'PARTNER_REFUSED',
      detail: expect.stringContaining('acme:shop:1'),
    })
  })

  it.each([
    ['right before the file', false],
    ['right after its number was taken', true],
  ])(
    'a write that was cut short %s is finished under its own number, as the same bytes',
    async (_when, early) => {
      const edi = await partner()
      const dying = edi.push({
        body: orderBody('1001', 3),
        sending: () => {
          throw new Error('The process dies here.')
        },
      })
      await expect(dying).rejects.toThrow('dies')
      expect(filesOf(edi, 'out')).toEqual([])
      if (early) rmSync(join(edi.root, 'state', 'given'), { recursive: true })
      edi.pass(HOUR)
      await edi.push({ body: orderBody('1001', 3), uncertain: true })
      await edi.push({ body: orderBody('1001', 3), uncertain: true })
      expect(filesOf(edi, 'out')).toEqual([expect.stringMatching(/^940-000000001-/)])
      expect(textOf(edi, 'out', filesOf(edi, 'out')[0]!)).toContain('*0930*')
    },
  )

  it('numbers rise without gaps, whoever sends', async () => {
    const edi = await partner()
    const numbers = Array.from({ length: 12 }, (_, index) => index + 1)
    await Promise.all(
      numbers.map(n => edi.push({ idempotencyKey: `order-${n}`, body: orderBody(`#${n}`, n) })),
    )
    const used = filesOf(edi, 'out').map(name => Number(name.split('-')[1]))
    expect(used.sort((one, other) => one - other)).toEqual(numbers)
  })

  it('a change says so, a cancellation too, and what was never sent is not cancelled', async () => {
    const edi = await partner()
    const purposes = () => edi.warehouse.sent().map(({ set }) => set.segments[0]!.elements[0])
    await edi.push({ body: orderBody('1001', 3, true) })
    expect(purposes()).toEqual([])
    await edi.push({ body: orderBody('1001', 3) })
    await edi.push({ revision: 2, externalId: '1001', body: orderBody('1001', 2) })
    await edi.push({ revision: 3, externalId: '1001', body: orderBody('1001', 2, true) })
    expect(purposes()).toEqual(['N', 'R', 'F'])
  })

  it('an invoice is sent once, whatever changes afterwards', async () => {
    const edi = await partner()
    const body = (cents: string) => ({
      reference: 'PO-1',
      sets: [
        {
          set: '855',
          BAK: { BAK01: '00', BAK02: 'AD', BAK03: 'PO-1', BAK04: '20260512' },
          PO1: [{ PO102: cents }],
        },
        { set: '810', BIG: { BIG01: '20260512', BIG02: 'I-1' }, TDS: { TDS01: cents } },
      ],
    })
    await edi.push({ body: body('100') })
    await edi.push({ revision: 2, externalId: 'PO-1', body: body('200') })
    expect(
      edi.warehouse
        .sent()
        .map(({ set }) => set.code)
        .sort(),
    ).toEqual(['810', '855', '855'])
  })

  it('half a file is left alone, and what is no X12 is a dead letter', async () => {
    const edi = await partner()
    writeFileSync(join(edi.root, 'in', 'coming.edi.part'), 'ISA*00*')
    writeFileSync(join(edi.root, 'in', 'note.txt'), 'Dear partner')
    const messages = await edi.poll()
    expect(messages.map(({ topic }) => topic)).toEqual(['unreadable'])
    expect(await edi.outcome(messages[0]!)).toMatchObject({ code: 'BODY_UNREADABLE' })
    expect(filesOf(edi, 'in', /part$/)).toEqual(['coming.edi.part'])
  })

  it('an interchange that is cut off is refused, and taken when it comes whole under its number', async () => {
    const edi = await partner()
    const text = edi.warehouse.writer.stock(1, ['TENT-2', 'LAMP-1'], 0)
    await edi.warehouse.put('a.edi', text.slice(0, text.indexOf('GE|')))
    const [cut] = await edi.poll()
    expect(await edi.outcome(cut!)).toMatchObject({ code: 'BODY_UNREADABLE' })
    await edi.warehouse.put('b.edi', text)
    const whole = await edi.poll()
    expect(whole.map(({ dedupeKey }) => dedupeKey)).not.toContain(cut!.dedupeKey)
    expect(await edi.outcome(whole[0]!)).toMatchObject({ records: [{ items: [{ ids: { VN: 'TENT-2' } }] }] })
  })
})
