import { describe, expect, it } from '@jest/globals'
import { nextByLink, nextByMember, nextByPage } from '#connectors/sdk/index.ts'

describe('nextByLink', () => {
  it.each([
    ['<https://a.example/?page=2>; rel="next"', 'https://a.example/?page=2'],
    ['<https://a.example/1>; rel="prev", <https://a.example/3>; rel="next"', 'https://a.example/3'],
    ['<https://a.example/?q=a,b;c>;title="x, y"; rel=next', 'https://a.example/?q=a,b;c'],
    ['<https://a.example/3>; REL="last Next"', 'https://a.example/3'],
    ['<https://a.example/1>; rel="prev"', null],
    ['<https://a.example/1>; title="rel=next"', null],
    ['', null],
  ])('reads %s', (link, next) => expect(nextByLink({ link })).toBe(next))

  it('finds nothing where there is no header', () => expect(nextByLink({})).toBeNull())
})

describe('nextByPage', () => {
  it.each([
    [50, '3'],
    [49, null],
    [0, null],
  ])('after %i of 50 records', (received, next) =>
    expect(nextByPage({ page: 2, size: 50, received })).toBe(next),
  )
})

describe('nextByMember', () => {
  it.each([
    [{ meta: { next: 'abc' } }, 'abc'],
    [{ meta: { next: 7 } }, '7'],
    [{ meta: { next: null } }, null],
    [{ meta: { next: '' } }, null],
    ['text', null],
  ])('reads %j', (body, next) => expect(nextByMember(body, '/meta/next')).toBe(next))
})
