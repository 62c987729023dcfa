import type { X12Segment, X12Set } from '../../../sdk/index.ts'

/** How the simulated partner is called, and how it calls us. */
export const PARTNER = { qualifier: 'ZZ', id: 'RENOWAREHOUSE' }
export const US = { qualifier: 'ZZ', id: 'ACMEOUTDOOR' }

/** Writes interchanges in the partner’s dialect: `|` between elements, `'` after segments, unlike ours. */
export function createWriter(now: () => number) {
  let last = 0

  function interchange(
    number: number,
    code: string,
    sets: readonly { code: string; lines: string[] }[],
    at = now(),
  ) {
    const stamp = new Date(at).toISOString()
    const [date, time] = [stamp.slice(0, 10).replaceAll('-', ''), stamp.slice(11, 16).replace(':', '')]
    const control = String(number).padStart(9, '0')
    const pad = (text: string): string => text.padEnd(15)
    const bodies = sets.flatMap(({ code: set, lines }, index) => {
      const id = String(index + 1).padStart(4, '0')
      return [`ST|${set}|${id}`, ...lines, `SE|${lines.length + 2}|${id}`]
    })
    return [
      `ISA|00|          |00|          |ZZ|${pad(PARTNER.id)}|ZZ|${pad(US.id)}|${date.slice(2)}|${time}|U|00401|${control}|0|P|>`,
      `GS|${code}|${PARTNER.id}|${US.id}|${date}|${time}|${number}|X|004010`,
      ...bodies,
      `GE|${sets.length}|${number}`,
      `IEA|1|${control}`,
    ]
      .map(segment => `${segment}'\n`)
      .join('')
  }

  return {
    next: () => ++last,
    interchange,
    acknowledge: (number: number, { group, set }: { group: string; set: X12Set }, word: 'A' | 'R' = 'A') =>
      interchange(number, 'FA', [
        {
          code: '997',
          lines: [
            `AK1|${set.code === '940' ? 'OW' : 'SH'}|${group}`,
            `AK2|${set.code}|${set.control}`,
            word === 'A' ? 'AK5|A' : 'AK5|R|5',
            `AK9|${word}|1|1|${word === 'A' ? 1 : 0}`,
          ],
        },
      ]),
    /** A 945 for a 940: every line shipped, but `short` units of each. */
    advice(number: number, order: X12Set, short: number): string {
      const [w05] = order.segments
      const items = order.segments.filter(({ id }) => id === 'W01')
      const lines = items.flatMap((item, index) => adviceLine(item, index + 1, short))
      const date = new Date(now()).toISOString().slice(0, 10).replaceAll('-', '')
      return interchange(number, 'SW', [
        {
          code: '945',
          lines: [
            `W06|F|${w05?.elements[1] ?? ''}|${date}|S${number}`,
            'N1|WH|Reno|92|RNO1',
            `G62|11|${date}`,
            'W27|M|UPSN|UPS Ground',
            ...lines,
            `W03|${items.length}`,
          ],
        },
      ])
    },
    stock: (number: number, skus: readonly string[], at: number): string =>
      interchange(
        number,
        'IB',
        skus.map((sku, index) => ({
          code: '846',
          lines: [
            `BIA|00|SI|I${number}-${index}|${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}`,
            'N1|WH|Reno|92|RNO1',
            `LIN||VN|${sku}`,
            `QTY|17|${10 + index}|EA`,
            `QTY|33|${5 + index}|EA`,
          ],
        })),
        at,
      ),
  }
}

function adviceLine({ elements }: X12Segment, number: number, short: number): string[] {
  const [ordered = '0', unit = 'EA', , qualifier = 'VN', sku = ''] = elements
  const shipped = Math.max(0, Number(ordered) - short)
  const status = shipped === Number(ordered) ? 'CC' : 'BP'
  return [
    `LX|${number}`,
    `MAN|CP|1Z999AA1${String(number).padStart(10, '0')}`,
    `W12|${status}|${ordered}|${shipped}|${Number(ordered) - shipped}|${unit}||${qualifier}|${sku}`,
  ]
}
