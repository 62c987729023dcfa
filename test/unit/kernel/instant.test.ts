import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatInstant, parseInstant } from '#core/kernel/instant.ts'

describe('parseInstant', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z', '+00:00'],
    ['2026-01-02T03:04:05z', '2026-01-02T03:04:05Z', '+00:00'],
    ['2026-01-02t03:04:05-05:00', '2026-01-02T08:04:05Z', '-05:00'],
    ['2026-01-02 03:04:05+0530', '2026-01-01T21:34:05Z', '+05:30'],
    ['2026-01-02T03:04Z', '2026-01-02T03:04:00Z', '+00:00'],
    ['2026-01-02T03:04:05.25Z', '2026-01-02T03:04:05.250Z', '+00:00'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z', '+00:00'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z', '+00:00'],
  ])('reads %s', (text, utc, offset) => {
    expect(parseInstant(text)).toMatchObject({ utc, offset, ms: Date.parse(utc) })
  })

  it.each([
    '',
    'yesterday',
    '2026-01-02',
    '2026-01-02T03:04:05',
    '2026-13-02T03:04:05Z',
    '2026-02-30T03:04:05Z',
    '2025-02-29T00:00:00Z',
    '2026-01-02T24:00:00Z',
    '2026-01-02T03:60:00Z',
    '2026-01-02T03:04:61Z',
    '2026-01-02T03:04:05+24:00',
    '2026-01-02T03:04:05+05:60',
    '2026-01-02T03:04:05Z and more',
  ])('refuses “%s”', text => {
    expect(parseInstant(text)).toBeNull()
  })

  it('keeps the order of events within one millisecond', () => {
    const first = parseInstant('2026-01-02T03:04:05.123456Z')!
    const second = parseInstant('2026-01-02T03:04:05.123457Z')!
    expect(first.ms).toBeLessThan(second.ms)
    expect(first.utc).toBe(second.utc)
  })

  it('reads back whatever it writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), ms => {
        expect(parseInstant(formatInstant(ms))?.ms).toBe(ms)
      }),
    )
  })

  it('means the same instant in every offset', () => {
    const offsets = fc.record({
      ms: fc.integer({ min: 1e11, max: 4e12 }),
      minutes: fc.integer({ min: -839, max: 839 }),
    })
    fc.assert(
      fc.property(offsets, ({ ms, minutes }) => {
        const whole = Math.floor(ms / 1_000) * 1_000
        const local = new Date(whole + minutes * 60_000).toISOString().slice(0, 19)
        const pad = (value: number) => String(Math.floor(value)).padStart(2, '0')
        const zone = `${minutes < 0 ? '-' : '+'}${pad(Math.abs(minutes) / 60)}:${pad(Math.abs(minutes) % 60)}`
        expect(parseInstant(local + zone)).toMatchObject({ ms: whole, offset: zone })
      }),
    )
  })
})

describe('times that repeat', () => {
  it('are the same whatever was read between', () => {
    const texts = [
      '2026-03-02T10:15:30-05:00',
      '2026-03-02T10:16:00Z',
      'no time',
      '2026-03-02T10:15:30-05:00',
      '',
    ]
    const read = (text: string) => parseInstant(text)?.utc ?? null
    const expected = ['2026-03-02T15:15:30Z', '2026-03-02T10:16:00Z', null, '2026-03-02T15:15:30Z', null]
    expect(texts.map(read)).toEqual(expected)
    expect([...texts, ...texts].map(read)).toEqual([...expected, ...expected])
    expect(texts.flatMap(text => [text, text]).map(read)).toEqual(expected.flatMap(utc => [utc, utc]))
  })
})
