import { HubError } from '#core/errors/hub-error.ts'

/** What separates what, read from the ISA segment itself. `repetition` and `component` are null where none is declared. */
export interface X12Delimiters {
  element: string
  component: string | null
  repetition: string | null
  /** One character, or CR LF. */
  segment: string
}

export interface X12Header {
  delimiters: X12Delimiters
  /** ISA01 to ISA16, trimmed. */
  elements: readonly string[]
  /** Where the segment after it begins. */
  end: number
}

const ISA_ELEMENTS = 16

/** A header of 106 characters may have grown by a few, never to this. */
const MOST_HEADER = 400

/**
 * Reads the ISA segment at `start`. By the standard it has 106 characters; real ones are shorter (unpadded) or broken by a
 * line end, so the separator counts, not the position: it stands right after `ISA` and sixteen times in all.
 */
export function readHeader(text: string, start: number): X12Header {
  const element = text[start + 3] ?? ''
  if (!/^[^\p{L}\p{N}\s]$/u.test(element)) throw noHeader('has no element separator')
  const head = text.slice(start, start + MOST_HEADER)
  const parts = head.split(element, ISA_ELEMENTS + 1)
  if (parts.length <= ISA_ELEMENTS) throw noHeader('has fewer than sixteen elements')
  const before = parts.slice(0, ISA_ELEMENTS).reduce((sum, part) => sum + part.length + 1, 0)
  const { component, segment, length } = readEnd(head.slice(before), element)
  const elements = parts.slice(1, ISA_ELEMENTS).map(part => part.replace(/[\r\n]/g, '').trim())
  return {
    delimiters: { element, component, segment, repetition: repetitionOf(elements) },
    elements: [...elements, component ?? ''],
    end: start + before + length,
  }
}

/** ISA16 is one character and the terminator follows it at once; whoever forgot ISA16 has the terminator only. */
function readEnd(rest: string, element: string) {
  const next = rest.search(new RegExp(`(?:GS|TA1|IEA)${escaped(element)}`))
  const gap = next < 0 ? rest.slice(0, 2) : rest.slice(0, next)
  const [first, second] = [gap[0], gap[1]]
  if (first === undefined) throw noHeader('ends before its terminator')
  const alone = second === undefined || (gap.trim().length === 1 && !/[\r\n]/.test(gap))
  if (alone) return { component: null, segment: first, length: gap.length }
  return {
    component: /\s/.test(first) ? null : first,
    segment: gap.startsWith('\r\n', 1) ? '\r\n' : second,
    length: gap.length,
  }
}

/** ISA11 separates repetitions from version 00402 on; before, it is `U` (or, in practice, anything that is no separator). */
function repetitionOf(elements: readonly string[]): string | null {
  const [mark = '', version = ''] = [elements[10], elements[11]]
  return /^[^\p{L}\p{N}\s]$/u.test(mark) && version > '00401' ? mark : null
}

const escaped = (character: string): string => character.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')

const noHeader = (what: string): HubError =>
  new HubError('BODY_UNREADABLE', { detail: `The ISA segment ${what}.`, fingerprint: 'x12-isa' })
