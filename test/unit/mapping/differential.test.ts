import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { anyExpression, anyInput, byCompiler, byReference } from './expressions.ts'

/** Where the reference fails itself: nothing to compare with. */
const BROKEN = new Set(['uncoded', 'input changed'])

/** The reference evaluates the parts of a constructor side by side, so which of two errors comes first is chance. */
const CONSTRUCTOR = /[[{]/

describe('a compiled expression', () => {
  it('gives the value or the error code of the reference, whatever the expression and the input', async () => {
    await fc.assert(
      fc.asyncProperty(anyExpression, anyInput, async (text, input) => {
        const before = JSON.stringify(input)
        const expected = await byReference(text, input)
        const actual = byCompiler(text, input)
        expect(JSON.stringify(input)).toBe(before)
        if ('error' in expected && BROKEN.has(expected.error)) return
        if ('error' in expected && 'error' in actual && CONSTRUCTOR.test(text)) return
        expect(actual).toEqual(expected)
      }),
      { numRuns: 1_500, includeErrorInReport: true },
    )
  })
})
