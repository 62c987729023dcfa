import { describe, expect, it } from '@jest/globals'
import { zonedInstant, zonedText } from '#connectors/sdk/index.ts'

describe('times without an offset', () => {
  it.each([
    ['America/Los_Angeles', '2026-01-15T17:00:00Z', '2026-01-15 09:00:00'],
    ['America/Los_Angeles', '2026-07-15T17:00:00Z', '2026-07-15 10:00:00'],
    ['Asia/Kolkata', '2026-07-15T17:00:00Z', '2026-07-15 22:30:00'],
    ['UTC', '2026-07-15T17:00:00Z', '2026-07-15 17:00:00'],
  ])('in %s are read and written', (zone, utc, local) => {
    expect(zonedText(zone, Date.parse(utc))).toBe(local)
    expect(zonedInstant(zone, local)).toBe(Date.parse(utc))
  })

  it('keep their milliseconds', () => {
    expect(zonedInstant('UTC', '2026-07-15 17:00:00.123456')).toBe(Date.parse('2026-07-15T17:00:00.123Z'))
  })

  it('right before and after clocks are changed are the right hour', () => {
    for (const utc of [
      '2026-03-08T09:59:00Z',
      '2026-03-08T10:01:00Z',
      '2026-11-01T07:30:00Z',
      '2026-11-01T11:30:00Z',
    ])
      expect(zonedInstant('America/Los_Angeles', zonedText('America/Los_Angeles', Date.parse(utc)))).toBe(
        Date.parse(utc),
      )
  })

  it('change with the second in which clocks are put back, by half an hour too', () => {
    const texts = ['2026-04-04T14:59:59Z', '2026-04-04T15:00:00Z', '2026-04-04T14:59:58Z'].map(utc =>
      zonedText('Australia/Lord_Howe', Date.parse(utc)),
    )
    expect(texts).toEqual(['2026-04-05 01:59:59', '2026-04-05 01:30:00', '2026-04-05 01:59:58'])
  })

  it('that are none are not a number', () => {
    expect([zonedInstant('UTC', undefined), zonedInstant('UTC', 'yesterday')]).toEqual([NaN, NaN])
  })

  it('in a zone that is none are refused', () => {
    expect(() => zonedText('Mars/Olympus', 0)).toThrow('“Mars/Olympus” is not an IANA time zone')
  })
})
