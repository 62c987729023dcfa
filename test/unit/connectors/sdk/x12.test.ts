import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decodeX12 } from '#connectors/sdk/index.ts'

interface Marks {
  element: string
  segment: string
  component: string
}

const USUAL: Marks = { element: '*', segment: '~', component: '>' }

const pad = (text: string): string => text.padEnd(15)

/** One interchange with one group; `inside` stands between GS and GE. */
function interchange(inside: readonly string[], { element: e, segment, component }: Marks = USUAL): string {
  const isa = ['ISA', '00', pad('').slice(5), '00', pad('').slice(5), 'ZZ', pad('US'), 'ZZ', pad('THEM')]
  const sets = inside.filter(line => line.startsWith('ST')).length
  return [
    [...isa, '260512', '0930', 'U', '00401', '000000031', '0', 'P', component].join(e),
    ['GS', 'SW', 'US', 'THEM', '20260512', '0930', '31', 'X', '004010'].join(e),
    ...inside.map(line => line.replaceAll('*', e)),
    ['GE', String(sets), '31'].join(e),
    ['IEA', '1', '000000031'].join(e),
  ]
    .map(line => line + segment)
    .join('')
}

const SET = ['ST*945*0001', 'W06*F*1001', 'SE*3*0001']

const problemsOf = (text: string) =>
  decodeX12(Buffer.from(text)).flatMap(({ problems, groups }) => [
    ...problems,
    ...groups.flatMap(group => [...group.problems, ...group.sets.flatMap(set => set.problems)]),
  ])

describe('decodeX12', () => {
  it.each([
    ['a tilde', '~'],
    ['a tilde and a line break', '~\r\n'],
    ['a line break', '\n'],
    ['CR LF', '\r\n'],
    ['a quotation mark', "'"],
    ['a tab between', '~\n\t'],
  ])('reads segments that end with %s', (_name, segment) => {
    const [read] = decodeX12(Buffer.from(interchange(SET, { ...USUAL, segment })))
    expect(read).toMatchObject({ control: '000000031', problems: [], sender: { qualifier: 'ZZ', id: 'US' } })
    expect(read!.groups).toMatchObject([
      {
        code: 'SW',
        control: '31',
        sets: [{ code: '945', segments: [{ id: 'W06', elements: ['F', '1001'] }] }],
      },
    ])
  })

  it('reads any separators from the ISA', () => {
    const mark = fc.constantFrom(..."*|~^:>+!'}{][<#$%&;=@_`")
    fc.assert(
      fc.property(fc.uniqueArray(mark, { minLength: 3, maxLength: 3 }), ([element, segment, component]) => {
        const marks = { element: element!, segment: segment!, component: component! }
        const [read] = decodeX12(Buffer.from(interchange(SET, marks)))
        expect(read).toMatchObject({ delimiters: { element, segment, component }, problems: [] })
        expect(read!.groups[0]!.sets[0]).toMatchObject({
          segments: [{ elements: ['F', '1001'] }],
          problems: [],
        })
      }),
    )
  })

  it('reads an unpadded ISA, one that is broken by a line end, and a byte order mark', () => {
    const whole = interchange(SET)
    const variants = [whole.replaceAll(/ +\*/g, '*'), whole.replace('THEM ', 'THEM\n'), `\ufeff${whole}`]
    for (const text of variants)
      expect(decodeX12(Buffer.from(text))[0]).toMatchObject({
        receiver: { id: 'THEM' },
        control: '000000031',
      })
  })

  it('reads several interchanges, groups and sets of one file', () => {
    const two = interchange([...SET, 'ST*945*0002', 'SE*2*0002'])
    const read = decodeX12(
      Buffer.from(`${two}\n\n${interchange(SET, { element: '|', segment: "'", component: ':' })}`),
    )
    expect(read.map(({ groups }) => groups[0]!.sets.map(({ control }) => control))).toEqual([
      ['0001', '0002'],
      ['0001'],
    ])
  })

  it.each([
    ['a wrong segment count', (text: string) => text.replace('SE*3', 'SE*4'), { code: '4', grave: true }],
    [
      'a wrong set number',
      (text: string) => text.replace('SE*3*0001', 'SE*3*0002'),
      { code: '3', grave: true },
    ],
    ['a missing SE', (text: string) => text.replace('SE*3*0001~', ''), { code: '2', grave: true }],
    ['a wrong set count', (text: string) => text.replace('GE*1', 'GE*2'), { code: '5', grave: true }],
    ['a missing GE', (text: string) => text.replace('GE*1*31~', ''), { code: '3', grave: true }],
    ['a wrong group count', (text: string) => text.replace('IEA*1', 'IEA*3'), { code: '021', grave: true }],
    ['a missing IEA', (text: string) => text.replace('IEA*1*000000031~', ''), { code: '023', grave: true }],
    [
      'another group number',
      (text: string) => text.replace('GE*1*31', 'GE*1*32'),
      { code: '4', grave: false },
    ],
    ['another number in IEA', (text: string) => text.replace(/31~$/, '32~'), { code: '001', grave: false }],
    ['a segment outside', (text: string) => text.replace('GE*', 'N1*ST~GE*'), { code: '024', grave: true }],
  ])('tells of %s', (_name, broken, problem) => {
    expect(problemsOf(broken(interchange(SET)))).toMatchObject([problem])
  })

  it('counts from the end where the sender’s code holds the separator', () => {
    const text = interchange(SET).replace('GS*SW*US*', 'GS*SW*U**S*')
    expect(decodeX12(Buffer.from(text))[0]!.groups[0]).toMatchObject({
      sender: 'U**S',
      receiver: 'THEM',
      control: '31',
    })
  })

  it.each([
    ['nothing', ''],
    ['a letter', 'Dear partner'],
    ['half an ISA', 'ISA*00*      '],
    ['an ISA without separators', 'ISA'.padEnd(500, 'A')],
    ['something after IEA', `${interchange(SET)}GARBAGE`],
  ])('refuses %s', (_name, text) => {
    expect(() => decodeX12(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'BODY_UNREADABLE' }))
  })

  it('never throws anything but BODY_UNREADABLE, whatever is cut or changed', () => {
    const whole = interchange(SET)
    fc.assert(
      fc.property(
        fc.nat(whole.length),
        fc.nat(whole.length),
        fc.string({ maxLength: 5 }),
        (at, length, other) => {
          const text = whole.slice(0, at) + other + whole.slice(at + length)
          try {
            expect(Array.isArray(decodeX12(Buffer.from(text)))).toBe(true)
          } catch (thrown) {
            expect(thrown).toMatchObject({ code: 'BODY_UNREADABLE' })
          }
        },
      ),
    )
  })

  it('does not take bytes of another encoding for names', () => {
    const text = interchange(SET).replace('1001', 'Z\u00fcrich')
    expect(() => decodeX12(Buffer.from(text, 'latin1'))).toThrow(
      expect.objectContaining({ code: 'BODY_UNREADABLE' }),
    )
    const [read] = decodeX12(Buffer.from(text, 'latin1'), 'latin1')
    expect(read!.groups[0]!.sets[0]!.segments[0]!.elements[1]).toBe('Zürich')
  })
})
