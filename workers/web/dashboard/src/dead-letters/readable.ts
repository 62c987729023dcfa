import type { PayloadView } from '../api/types.ts'

/** The text of a payload for people: JSON is indented, everything else stays as it came. */
export function readable({ encoding, text }: PayloadView): string | null {
  if (text === null || encoding === 'base64') return text
  try {
    return JSON.stringify(JSON.parse(text, keepDigits), null, 2)
  } catch {
    return text
  }
}

/** Not yet in TypeScript's library: https://tc39.es/proposal-json-parse-with-source/ */
const { rawJSON } = JSON as unknown as { rawJSON?: (text: string) => unknown }

/** An integer that a double cannot hold keeps its digits; a browser that cannot do this shows the text as it came. */
function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return value
  if (!rawJSON || !context?.source) throw new RangeError('The digits of an integer would be lost.')
  return rawJSON(context.source)
}
