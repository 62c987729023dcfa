import type { X12Delimiters } from './delimiters.ts'

/** One segment: `elements[0]` is element 01. Components and repetitions stay as written. */
export interface X12Segment {
  id: string
  elements: readonly string[]
}

/** Where a segment stood in the text, without its terminator. */
export interface PlacedSegment extends X12Segment {
  start: number
  end: number
}

/** The segments from `at` on, until the text ends or another ISA begins. Line ends and indentation around them mean nothing. */
export function* segmentsFrom(
  text: string,
  at: number,
  { segment: terminator, element }: X12Delimiters,
): Generator<PlacedSegment> {
  let start = at
  while (start < text.length) {
    const found = text.indexOf(terminator, start)
    const stop = found < 0 ? text.length : found
    const raw = text.slice(start, stop)
    const trimmed = raw.trim()
    const from = start + raw.indexOf(trimmed)
    if (trimmed.startsWith(`ISA${element}`)) return
    if (trimmed !== '') yield { ...parts(trimmed, element), start: from, end: from + trimmed.length }
    start = found < 0 ? text.length : stop + terminator.length
  }
}

function parts(text: string, element: string): X12Segment {
  const [id = '', ...elements] = text.split(element)
  return { id: id.trim(), elements }
}
