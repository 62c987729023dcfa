import { describe, expect, it } from '@jest/globals'
import { epochMs, isPointer, textAt, valueAt } from '#connectors/sdk/index.ts'

/** The document of RFC 6901 §5. */
const RFC = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'm~n': 8, ' ': 7 }

describe('valueAt', () => {
  it.each([
    ['', RFC],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/c%d', 2],
    ['/m~0n', 8],
    ['/ ', 7],
    ['/foo/2', undefined],
    ['/foo/bar/baz', undefined],
  ])('finds %j', (pointer, value) => expect(valueAt(RFC, pointer)).toEqual(value))

  it('does not reach what a payload inherits', () => {
    expect(valueAt({}, '/constructor')).toBeUndefined()
    expect(valueAt('text', '/length')).toBeUndefined()
  })
})

it('textAt gives scalars as text and nothing else', () => {
  const body = { a: 'x', b: 0, c: true, d: '', e: {}, f: null }
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map(name => textAt(body, `/${name}`))).toEqual([
    'x',
    '0',
    'true',
    undefined,
    undefined,
    undefined,
  ])
})

it('isPointer knows what leads somewhere', () => {
  expect(['', '/', '/a/b', '/a~1b'].every(isPointer)).toBe(true)
  expect(['a', 'a/b', '/a~2', '#/a'].some(isPointer)).toBe(false)
})

it.each([
  ['2026-01-15T12:00:00Z', 1_768_478_400_000],
  [1_768_478_400, 1_768_478_400_000],
  ['1768478400.5', 1_768_478_400_500],
  [1_768_478_400_123, 1_768_478_400_123],
  ['yesterday', undefined],
  [null, undefined],
  [Number.NaN, undefined],
])('epochMs reads %p', (value, ms) => expect(epochMs(value)).toBe(ms))
