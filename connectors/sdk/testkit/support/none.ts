import assert from 'node:assert/strict'

/** Fails with the sentence and the first few of what should not be there. */
export function assertNone(found: readonly unknown[], sentence: string): void {
  if (found.length === 0) return
  const shown = found.slice(0, 5).map(String).join(', ')
  assert.fail(sentence.includes(shown) ? sentence : `${sentence} For example: ${shown}.`)
}
