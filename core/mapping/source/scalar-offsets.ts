import type { Scalar } from 'yaml'

const isSpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\n' || character === '\r'

/**
 * Where each character of a scalar's value stands in the file: quotes, escapes, indentation and folded line breaks are
 * in the text but not, or otherwise, in the value.
 */
export function scalarOffsets(text: string, scalar: Scalar): (index: number) => number {
  const [start, end] = scalar.range!
  if (scalar.type === 'PLAIN' && end - start === String(scalar.value).length) return index => start + index
  const offsets = align(text.slice(start, end), String(scalar.value), scalar.type)
  const first = offsets[0]!
  if (offsets.at(-1) === first + offsets.length - 1) return index => start + first + Math.max(index, 0)
  return index => start + (offsets[Math.min(Math.max(index, 0), offsets.length - 1)] ?? 0)
}

function align(raw: string, value: string, type: Scalar['type']): number[] {
  const offsets: number[] = []
  let at = type === 'PLAIN' ? 0 : type?.startsWith('BLOCK') ? raw.indexOf('\n') + 1 : 1
  for (const character of value.split('')) {
    if (type === 'QUOTE_DOUBLE') at = skipContinuation(raw, at)
    const width = widthAt(raw, at, character, type)
    if (width === 0) at = skipTo(raw, at, character)
    offsets.push(at)
    at += width || 1
  }
  return [...offsets, at]
}

/** How many characters of the text make this one of the value; 0 if it is not here. */
function widthAt(raw: string, at: number, character: string, type: Scalar['type']): number {
  if (type === 'QUOTE_DOUBLE' && raw[at] === '\\') return escapeWidth(raw[at + 1])
  return raw[at] === character ? 1 : 0
}

function escapeWidth(kind: string | undefined): number {
  return kind === 'x' ? 4 : kind === 'u' ? 6 : kind === 'U' ? 10 : 2
}

/** An escaped line break and the indentation behind it stand for nothing. */
function skipContinuation(raw: string, from: number): number {
  let at = from
  while (raw[at] === '\\' && raw[at + 1] === '\n') {
    at += 2
    while (isSpace(raw[at])) at++
  }
  return at
}

/** A folded line break stands for a blank; before any other character white space is skipped. */
function skipTo(raw: string, from: number, character: string): number {
  if (isSpace(character) && isSpace(raw[from])) return from
  const at = raw.indexOf(character, from)
  return at === -1 ? Math.min(from, raw.length) : at
}
