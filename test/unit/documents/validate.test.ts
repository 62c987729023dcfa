import { describe, expect, it } from '@jest/globals'
import { createValidator } from '#core/documents/validate.ts'
import { canonicalSchemas } from './canonical-schemas.ts'
import { orderDocument } from './order-document.ts'

const { validate } = createValidator(canonicalSchemas())
const { lines: _lines, ...withoutLines } = orderDocument()

describe('validate', () => {
  it('finds nothing wrong with a document that fits', () => {
    expect(validate('order', orderDocument())).toEqual([])
  })

  it.each([
    ['a missing field', withoutLines, '/lines', '/lines is missing.'],
    [
      'a field of its own',
      { ...orderDocument(), colour: 'red' },
      '/colour',
      '/colour is not a field of this document.',
    ],
    [
      'a slash in a field',
      { ...orderDocument(), 'a/b': 1 },
      '/a~1b',
      '/a~1b is not a field of this document.',
    ],
    [
      'another type',
      orderDocument({ number: 7 as never }),
      '/number',
      '/number must be string, but is number.',
    ],
    ['null', orderDocument({ note: null as never }), '/note', '/note must be string, but is null.'],
    [
      'a list for an object',
      orderDocument({ totals: [] as never }),
      '/totals',
      '/totals must be object, but is array.',
    ],
    [
      'a value of no list',
      orderDocument({ status: 'lost' as never }),
      '/status',
      '/status must be one of open, on-hold, closed, cancelled, unknown.',
    ],
    ['an empty text', orderDocument({ number: '' }), '/number', '/number must not be empty.'],
    [
      'a long id',
      orderDocument({ externalId: '1'.repeat(201) }),
      '/externalId',
      '/externalId must have at most 200 characters.',
    ],
    [
      'money as a float',
      orderDocument({ totals: { total: '1e3' } }),
      '/totals/total',
      '/totals/total is not a valid money: Exact decimal amount in the currency of the document (or of the `currency` beside it), never a float.',
    ],
    [
      'a local time',
      orderDocument({ placedAt: '2026-01-02T03:04:05+01:00' }),
      '/placedAt',
      '/placedAt is not a valid instant: RFC 3339 in UTC, e.g. `2026-01-02T03:04:05Z`; the source’s own offset is kept once in `utcOffset`.',
    ],
    [
      'a day that is none',
      orderDocument({ placedAt: '2026-02-30T03:04:05Z' }),
      '/placedAt',
      '/placedAt is not a valid date-time.',
    ],
  ])('names %s', (_name, body, target, message) => {
    expect(validate('order', body)).toEqual([
      { code: 'DOCUMENT_INVALID', target, message, line: 0, column: 0 },
    ])
  })

  it('names all faults at once, and of a hopeless document only the first ones', () => {
    expect(validate('order', {}).map(({ target }) => target)).toEqual([
      '/externalId',
      '/channel',
      '/placedAt',
      '/currency',
      '/taxesIncluded',
      '/lines',
      '/totals',
    ])
    const hopeless = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field${index}`, index]))
    expect(validate('order', hopeless)).toHaveLength(25)
  })

  it('never repeats a value', () => {
    const [problem] = validate('order', orderDocument({ shippingAddress: { country: 'jane@example.com' } }))
    expect(problem?.message).not.toContain('jane')
  })

  it('says what is no document at all', () => {
    expect(validate('order', 'text')[0]?.message).toBe('The document must be object, but is string.')
    expect(validate('letter', {})[0]?.message).toBe('There is no canonical schema “letter”.')
  })
})
