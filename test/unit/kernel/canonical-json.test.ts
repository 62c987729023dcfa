import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { canonicalJson, contentHash } from '#core/kernel/canonical-json.ts'

/** The same value with the members of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  )
}

describe('canonicalJson', () => {
  it('sorts keys at every depth, keeps the order of lists and leaves undefined out', () => {
    expect(canonicalJson({ b: [2, 1], a: { d: undefined, c: null } })).toBe('{"a":{"c":null},"b":[2,1]}')
    expect(canonicalJson(undefined)).toBe('null')
  })

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))
        expect(contentHash(reversed(value))).toBe(contentHash(value))
      }),
    )
  })

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('refuses a value that contains itself', () => {
    const loop: Record<string, unknown> = {}
    loop['self'] = loop
    expect(() => canonicalJson(loop)).toThrow()
  })
})

describe('contentHash', () => {
  it('differs where content differs, list order and kind of value included', () => {
    const values = [{ a: 1 }, { a: '1' }, { a: [1, 2] }, { a: [2, 1] }, {}, []]
    expect(new Set(values.map(contentHash)).size).toBe(values.length)
  })
})
