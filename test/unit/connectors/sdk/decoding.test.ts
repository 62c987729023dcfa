import { describe, expect, it } from '@jest/globals'
import { decodeCsv, decodeForm, decodeText, decodeXml } from '#connectors/sdk/index.ts'

const bytes = (text: string, encoding?: BufferEncoding) => Buffer.from(text, encoding)
const unreadable = expect.objectContaining({ code: 'BODY_UNREADABLE' })

/** The error of a call that must fail. */
function failure(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('It did not fail.')
}

describe('decodeText', () => {
  it.each([
    ['UTF-8', bytes('Zoë 🛒')],
    ['UTF-8 with its mark', bytes('\ufeffZoë 🛒')],
    ['UTF-16 LE with its mark', bytes('\ufeffZoë 🛒', 'utf16le')],
    ['UTF-16 BE with its mark', bytes('\ufeffZoë 🛒', 'utf16le').swap16()],
  ])('reads %s', (_what, given) => expect(decodeText(given)).toBe('Zoë 🛒'))

  it('reads Latin-1 only where it is declared', () => {
    expect(decodeText(bytes('Zoë', 'latin1'), 'latin1')).toBe('Zoë')
    expect(failure(() => decodeText(bytes('Zoë', 'latin1')))).toEqual(unreadable)
  })
})

describe('decodeForm', () => {
  it('reads names, spaces, unicode and repeated names', () => {
    expect({ ...decodeForm(bytes('a=1&b=Zo%C3%AB+K&a=2&c=')) }).toEqual({ a: ['1', '2'], b: 'Zoë K', c: '' })
  })

  it('writes into no prototype and refuses nothing at all', () => {
    expect(Object.keys(decodeForm(bytes('__proto__=x')))).toEqual(['__proto__'])
    expect(failure(() => decodeForm(bytes('')))).toEqual(unreadable)
  })
})

describe('decodeCsv', () => {
  it('reads headings, quoted separators, line breaks and a byte order mark', () => {
    const rows = decodeCsv(bytes('\ufeffsku, name\r\nA-1,"Tent, ""large""\n2 p."\r\n\r\n'), {
      columns: ['sku'],
    })
    expect(rows).toEqual([{ sku: 'A-1', name: 'Tent, "large"\n2 p.' }])
  })

  it('reads flat files: tabs, no heading, quotation marks that mean nothing', () => {
    const options = { columns: ['sku', 'size'], heading: false, delimiter: '\t', quotes: false } as const
    expect(decodeCsv(bytes('A-1\t5" x 3"\n'), options)).toEqual([{ sku: 'A-1', size: '5" x 3"' }])
  })

  it.each([
    ['a ragged row', 'sku,qty\nA-1\n'],
    ['a quotation that does not end', 'sku,qty\n"A-1,2\n'],
    ['a lost column', 'sku,amount\nA-1,2\n'],
  ])('refuses %s and does not quote the file', (_what, text) => {
    const error = failure(() => decodeCsv(bytes(text), { columns: ['sku', 'qty'] }))
    expect(error).toEqual(unreadable)
    expect((error as Error).message).not.toContain('A-1')
  })
})

describe('decodeXml', () => {
  it('reads elements, attributes and lists; every value stays text', () => {
    const text =
      '<?xml version="1.0"?><ns:Order id="007"><Line>1.10</Line><Zip>01234</Zip><Name>K &amp; Söhne &#x263A;</Name></ns:Order>'
    expect(decodeXml(bytes(text), { lists: ['Order.Line'] })).toEqual({
      Order: { '@id': '007', Line: ['1.10'], Zip: '01234', Name: 'K & Söhne ☺' },
    })
  })

  it('reads a long file full of references', () => {
    const text = `<a>${'<b>&amp;&#39;</b>'.repeat(5_000)}</a>`
    expect(decodeXml(bytes(text))).toEqual({ a: { b: Array(5_000).fill("&'") } })
  })

  it.each([
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'],
    ['an external entity', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ['half a document', '<a><b>1</b>'],
    ['no document', 'hello'],
    ['an endless descent', `${'<a>'.repeat(500)}${'</a>'.repeat(500)}`],
  ])('refuses %s', (_what, text) => expect(failure(() => decodeXml(bytes(text)))).toEqual(unreadable))

  it('reaches no prototype', () => {
    const read = failureOr(() => decodeXml(bytes('<a><__proto__><polluted>1</polluted></__proto__></a>')))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(read).toBeDefined()
  })
})

/** Either answer is fine. */
function failureOr(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}
