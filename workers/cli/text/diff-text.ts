import type { Paint } from './paint.ts'

/** Left of the place where long values begin to differ. */
const LEAD = 24

const NOTHING = 'nothing'

/** Expected and got, one below the other; of long values the part where they begin to differ. */
export function diffLines(
  { expected, actual }: { expected: unknown; actual: unknown },
  { width, paint }: { width: number; paint: Paint },
): [string, string] {
  const texts = [expected, actual].map(textOf) as [string, string]
  const from = windowStart(texts, width - 2)
  const [minus, plus] = texts.map(text => part(text, from, width - 2)) as [string, string]
  return [paint('red', `- ${minus}`), paint('green', `+ ${plus}`)]
}

const textOf = (value: unknown): string => (value === undefined ? NOTHING : JSON.stringify(value))

function windowStart([a, b]: readonly [string, string], width: number): number {
  if (Math.max(a.length, b.length) <= width) return 0
  let same = 0
  while (same < a.length && a[same] === b[same]) same++
  return same > width - LEAD ? same - LEAD : 0
}

function part(text: string, from: number, width: number): string {
  const shown = from === 0 ? text : `…${text.slice(from)}`
  return shown.length <= width ? shown : `${shown.slice(0, width - 1)}…`
}
