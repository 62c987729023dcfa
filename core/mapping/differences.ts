export interface Difference {
  /** JSON pointer. */
  pointer: string
  expected: unknown
  actual: unknown
}

/** Every place at which two JSON values differ, the deepest ones. */
export const differences = (expected: unknown, actual: unknown): Difference[] =>
  compare(expected, actual, '', true)

/** Every place at which `actual` lacks what `expected` has; members beyond are fine, arrays compare by position. */
export const missingParts = (expected: unknown, actual: unknown): Difference[] =>
  compare(expected, actual, '', false)

function compare(expected: unknown, actual: unknown, pointer: string, whole: boolean): Difference[] {
  if (Object.is(expected, actual)) return []
  if (!isBranch(expected) || !isBranch(actual) || Array.isArray(expected) !== Array.isArray(actual))
    return [{ pointer, expected, actual }]
  const keys = new Set([...Object.keys(expected), ...(whole ? Object.keys(actual) : [])])
  return [...keys].flatMap(key =>
    compare(
      member(expected, key),
      member(actual, key),
      `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      whole,
    ),
  )
}

const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null

const member = (value: object, key: string): unknown =>
  Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
