import { describe, expect, it } from '@jest/globals'
import { rfc3339, withPlainDates } from '#connectors/storefronts/bigcommerce/dates.ts'

describe('a date of V2', () => {
  it.each([
    ['Tue, 05 Mar 2019 21:40:11 +0000', '2019-03-05T21:40:11+00:00'],
    ['Thu, 1 Jan 2026 00:00:00 -0530', '2026-01-01T00:00:00-05:30'],
    ['31 Dec 2026 23:59 +0000', '2026-12-31T23:59:00+00:00'],
  ])('%s reads as %s', (text, expected) => expect(rfc3339(text)).toBe(expected))

  it.each([
    '',
    '2026-05-12T08:00:00+00:00',
    'Tue, 05 Foo 2019 21:40:11 +0000',
    'Tue, 05 anF 2019 21:40:11 +0000',
  ])('“%s” stays as it is', text => expect(rfc3339(text)).toBe(text))

  it('is read wherever it stands, and no other text is touched', () => {
    const text = 'Tue, 05 Mar 2019 21:40:11 +0000'
    expect(withPlainDates({ date_created: text, list: [{ date_shipped: '' }], note: text })).toEqual({
      ...{ date_created: '2019-03-05T21:40:11+00:00', list: [{ date_shipped: '' }], note: text },
    })
  })
})
