import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseJson } from '#core/kernel/parse-json.ts'

const parse = (text: string): unknown => parseJson(Buffer.from(text))

describe('parseJson', () => {
  it('keeps the digits of integers that a double cannot hold', () => {
    expect(parse('{"id":820982911946154508,"list":[9007199254740993,-9007199254740993]}')).toEqual({
      id: '820982911946154508',
      list: ['9007199254740993', '-9007199254740993'],
    })
  })

  it('leaves every other number and every string as it is', () => {
    expect(
      parse('{"a":9007199254740991,"b":1.5,"c":1e21,"d":"1234567890123456789","e":0.1234567890123456789}'),
    ).toEqual({
      a: 9007199254740991,
      b: 1.5,
      c: 1e21,
      d: '1234567890123456789',
      e: 0.12345678901234568,
    })
  })

  it('accepts a byte order mark', () => {
    expect(parse('\uFEFF{"a":1}')).toEqual({ a: 1 })
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['white space', Buffer.from(' \n')],
    ['half a body', Buffer.from('{"a":')],
    ['another encoding', Buffer.from([0x7b, 0x22, 0xe4, 0x22, 0x7d])],
    ['UTF-16', Buffer.from('{"a":1}', 'utf16le')],
  ])('refuses %s by code', (_name, bytes) => {
    expect(() => parseJson(bytes)).toThrow(expect.objectContaining({ code: 'BODY_UNREADABLE' }))
  })

  it('reads what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), text => {
        const value: unknown = JSON.parse(text)
        if (/\d{16}/.test(text)) return
        expect(parse(text)).toEqual(value)
      }),
    )
  })
})
