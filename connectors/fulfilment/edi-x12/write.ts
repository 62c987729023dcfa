import { JSEDINotation, X12Generator } from 'node-x12'
import { HubError, type X12Segment } from '../../sdk/index.ts'
import { GROUP_CODES } from './sets/layouts.ts'
import type { EdiSettings } from './settings.ts'

export interface WrittenSet {
  code: string
  segments: readonly X12Segment[]
}

export interface WrittenInterchange {
  /** ISA13 and GS06: one group an interchange, so that one counter serves both. */
  control: number
  /** Sets of one kind; none for an interchange that only carries a TA1. */
  sets: readonly WrittenSet[]
  ta1?: X12Segment
  /** Epoch milliseconds. */
  at: number
  settings: EdiSettings
}

/** An interchange as the partner wants it: envelope, counts and padding are node-x12’s, the data is ours. */
export function writeInterchange({ control, sets, ta1, at, settings }: WrittenInterchange): string {
  const { date, time } = clockOf(at, settings.utcOffset)
  const notation = new JSEDINotation(
    [
      ...['00', '', '00', '', settings.senderQualifier, settings.senderId],
      ...[settings.receiverQualifier, settings.receiverId, date.slice(2), time],
      ...[repetition(settings), settings.version.slice(0, 5), padded(control), '0', settings.usage],
      settings.componentSeparator,
    ],
    {
      segmentTerminator: settings.segmentTerminator,
      elementDelimiter: settings.elementSeparator,
      subElementDelimiter: settings.componentSeparator,
      endOfLine: '\n',
      format: settings.lineBreaks,
    },
  )
  const [first] = sets
  if (first) {
    const { groupSender, groupReceiver, version } = settings
    const head = [GROUP_CODES[first.code] ?? '', groupSender, groupReceiver, date, time, String(control)]
    const group = notation.addFunctionalGroup([...head, 'X', version])
    for (const [index, { code, segments }] of sets.entries()) {
      const set = group.addTransaction([code, String(index + 1).padStart(4, '0')])
      for (const { id, elements } of segments) set.addSegment(id, clean(elements, settings))
    }
  }
  const text = generated(notation)
  return ta1 ? withTa1(text, ta1, settings) : text
}

/** Whatever would end an element or a segment is a space: nobody’s name may begin a segment. */
function clean(elements: readonly string[], settings: EdiSettings): string[] {
  const { elementSeparator, componentSeparator, segmentTerminator } = settings
  const special = new Set([elementSeparator, componentSeparator, segmentTerminator, repetition(settings)])
  const cleaned = elements.map(element =>
    Array.from(element, character =>
      (special.has(character) && !/[\p{L}\p{N}]/u.test(character)) || character < ' ' ? ' ' : character,
    )
      .join('')
      .trim(),
  )
  while (cleaned.length > 0 && cleaned[cleaned.length - 1] === '') cleaned.pop()
  return cleaned
}

const repetition = ({ version, repetitionSeparator }: EdiSettings): string =>
  version.slice(0, 5) >= '00402' ? repetitionSeparator : 'U'

const padded = (control: number): string => String(control).padStart(9, '0')

function generated(notation: JSEDINotation): string {
  try {
    return `${new X12Generator(notation).toString().trimEnd()}\n`
  } catch (cause) {
    // Its messages quote the value.
    throw new HubError('PARTNER_REFUSED', {
      detail:
        'X12 does not allow what the mapping or the settings give: an element is too short or too long.',
      fingerprint: 'x12-write',
      cause,
    })
  }
}

/** The library knows no TA1; it stands right before IEA. */
function withTa1(text: string, { id, elements }: X12Segment, settings: EdiSettings): string {
  const { elementSeparator, segmentTerminator, lineBreaks } = settings
  const segment = [id, ...elements].join(elementSeparator) + segmentTerminator + (lineBreaks ? '\n' : '')
  const at = text.lastIndexOf(`IEA${elementSeparator}`)
  return text.slice(0, at) + segment + text.slice(at)
}

/** `CCYYMMDD` and `HHMM` on the partner’s clock. */
export function clockOf(at: number, offset: string): { date: string; time: string } {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? []
  const shift = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  const text = new Date(at + shift).toISOString()
  return { date: text.slice(0, 10).replaceAll('-', ''), time: text.slice(11, 16).replace(':', '') }
}

export function bytesOf(text: string, encoding: EdiSettings['encoding']): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text)
  if (Array.from(text).some(character => character > 'ÿ'))
    throw new HubError('PARTNER_REFUSED', {
      detail: 'A character of the document does not exist in Latin-1; agree on UTF-8 with the partner.',
      fingerprint: 'x12-encoding',
    })
  return Buffer.from(text, 'latin1')
}
