import { HubError } from '#core/errors/hub-error.ts'
import { decodeText, type Encoding } from '../text.ts'
import { readHeader, type X12Delimiters } from './delimiters.ts'
import { openInterchange } from './envelopes.ts'
import { segmentsFrom, type X12Segment } from './segments.ts'

/** What an envelope does wrong: the code that its acknowledgement carries (TA105, AK905, AK502), and a sentence. */
export interface X12Problem {
  code: string
  message: string
  /** The data may be cut off or mixed up: not to be trusted. Otherwise only a label is wrong. */
  grave: boolean
}

export interface X12Set {
  /** ST01: `945`. */
  code: string
  /** ST02. */
  control: string
  /** Between ST and SE. */
  segments: readonly X12Segment[]
  problems: readonly X12Problem[]
  /** ST to SE as received. */
  text: string
}

export interface X12Group {
  /** GS01: `SW`. */
  code: string
  sender: string
  receiver: string
  date: string
  time: string
  /** GS06. */
  control: string
  /** GS08: `004010VICS`. */
  version: string
  sets: readonly X12Set[]
  problems: readonly X12Problem[]
  /** The GS segment as received. */
  text: string
}

export interface X12Interchange {
  delimiters: X12Delimiters
  /** ISA01 to ISA16, trimmed. */
  header: readonly string[]
  sender: { qualifier: string; id: string }
  receiver: { qualifier: string; id: string }
  /** ISA13, every digit. */
  control: string
  version: string
  /** ISA14: the sender asks for a TA1. */
  wantsTa1: boolean
  /** ISA15 is `T`. */
  test: boolean
  groups: readonly X12Group[]
  /** TA1 segments: the partner’s word on interchanges that it got. */
  acknowledgements: readonly X12Segment[]
  problems: readonly X12Problem[]
  /** The ISA segment as received, with its terminator. */
  headerText: string
  /** Everything from ISA to IEA as received. */
  text: string
}

/** More than any partner sends in one file; a bomb of terminators ends here. */
const MOST_SEGMENTS = 500_000

/**
 * The interchanges of an X12 file (ANSI ASC X12.5, X12.6). Delimiters are read from each ISA; a byte order mark, line ends
 * and indentation are taken as they come. What is no X12 at all is `BODY_UNREADABLE`; envelopes that do not agree with what
 * is inside are told in `problems`, because each has an acknowledgement of its own.
 */
export function decodeX12(bytes: Uint8Array, encoding?: Encoding): X12Interchange[] {
  const text = decodeText(bytes, encoding)
  const interchanges: X12Interchange[] = []
  for (let at = nextHeader(text, 0); at >= 0; ) {
    const { interchange, end } = readInterchange(text, at)
    interchanges.push(interchange)
    at = nextHeader(text, end)
  }
  if (interchanges.length > 0) return interchanges
  throw new HubError('BODY_UNREADABLE', { detail: 'It does not begin with ISA.', fingerprint: 'x12-isa' })
}

/** Between interchanges nothing but white space may stand; an ISA in the middle of data is data. */
function nextHeader(text: string, from: number): number {
  const at = from + (text.slice(from).match(/^\s*/)?.[0].length ?? 0)
  if (at >= text.length) return -1
  if (text.startsWith('ISA', at)) return at
  throw new HubError('BODY_UNREADABLE', {
    detail: 'Something that is no interchange stands outside of ISA and IEA.',
    fingerprint: 'x12-isa',
  })
}

function readInterchange(text: string, start: number): { interchange: X12Interchange; end: number } {
  const { delimiters, elements, end: first } = readHeader(text, start)
  const open = openInterchange(text, elements[12] ?? '', delimiters)
  let end = first
  let count = 0
  for (const segment of segmentsFrom(text, first, delimiters)) {
    if (++count > MOST_SEGMENTS)
      throw new HubError('BODY_UNREADABLE', {
        detail: `More than ${MOST_SEGMENTS} segments.`,
        fingerprint: 'x12-size',
      })
    open.take(segment)
    end = segment.end + (text.startsWith(delimiters.segment, segment.end) ? delimiters.segment.length : 0)
    if (segment.id === 'IEA') break
  }
  const { groups, acknowledgements, problems } = open.close()
  return {
    end,
    interchange: {
      ...{ delimiters, header: elements, groups, acknowledgements, problems },
      sender: { qualifier: elements[4] ?? '', id: elements[5] ?? '' },
      receiver: { qualifier: elements[6] ?? '', id: elements[7] ?? '' },
      control: elements[12] ?? '',
      version: elements[11] ?? '',
      wantsTa1: elements[13] === '1',
      test: elements[14] === 'T',
      headerText: text.slice(start, first).trim(),
      text: text.slice(start, end),
    },
  }
}
