import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { editDistance, nearest, suggest } from '#config/nearest.ts'

describe('the nearest word', () => {
  it.each([
    ['shopp', 'shop'],
    ['webhokSecret', 'webhookSecret'],
    ['baseURL', 'baseUrl'],
    ['prot', 'port'],
    ['tok', 'token'],
  ])('of %s is %s', (word, meant) => {
    expect(nearest(word, ['shop', 'webhookSecret', 'baseUrl', 'port', 'token'])).toBe(meant)
  })

  it('is none when nothing is near', () => {
    expect(nearest('banana', ['shop', 'port'])).toBeUndefined()
    expect(suggest('banana', ['shop', 'port'])).toBe('known: `shop`, `port`')
    expect(suggest('banana', [])).toBe('remove it')
  })

  it('counts letters inserted, removed, changed and swapped, the same both ways', () => {
    expect([editDistance('', 'abc'), editDistance('ab', 'ba'), editDistance('kitten', 'sitting')]).toEqual([
      3, 1, 3,
    ])
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const distance = editDistance(a, b)
        expect(distance).toBe(editDistance(b, a))
        expect(distance === 0).toBe(a === b)
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length))
      }),
    )
  })
})
