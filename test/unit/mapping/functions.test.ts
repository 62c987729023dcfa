import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseInstant } from '#core/kernel/instant.ts'
import { HUB_FUNCTIONS } from '#core/mapping/functions/functions.ts'
import { ALPHA_2, ALPHA_3, ENGLISH_NAMES } from '#core/mapping/functions/iso-3166.ts'
import { TABLE_FUNCTION } from '#core/mapping/functions/table.ts'
import { createMapper } from '#core/mapping/mapper.ts'

const mapper = createMapper({ schemas: { any: { type: 'object', additionalProperties: true } } })

/** The value of a call, or the code of its problem. */
function callOf(call: string): unknown {
  const text = JSON.stringify({
    version: 1,
    connector: 'x',
    topics: [],
    target: 'any',
    identity: '"1"',
    tables: { status: { paid: 'PAID' }, withDefault: { '*': 'unknown' } },
    document: { value: call },
  })
  const { plan, problems } = mapper.compile({ path: 'x.map.yaml', text })
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const result = mapper.run(plan!, {})
  return result.ok
    ? result.output.body['value']
    : 'problems' in result
      ? result.problems[0]!.code
      : result.skipped
}

describe('hub functions', () => {
  const examples = [...HUB_FUNCTIONS, TABLE_FUNCTION].flatMap(({ name, examples }) =>
    examples.map(example => [name, example] as const),
  )

  it.each(examples)('$%s: %j', (_name, example) => {
    expect(callOf(example.call)).toEqual('error' in example ? example.error : example.result)
  })

  it.each([...HUB_FUNCTIONS, TABLE_FUNCTION])(
    '$name says how it is called, what it does and shows it',
    spec => {
      expect(spec.signature.startsWith(`$${spec.name}(`)).toBe(true)
      expect(spec.signature.split(',')).toHaveLength(spec.arity)
      expect(spec.doc).toMatch(/\.$/)
      expect(spec.examples.length).toBeGreaterThan(1)
      expect(spec.examples.every(({ call }) => call.includes(`$${spec.name}(`))).toBe(true)
    },
  )

  it('are values like any other function', () => {
    expect(callOf('$map(["1", "2"], $money(?, "EUR"))')).toEqual(['1.00', '2.00'])
    expect(callOf('" a " ~> $text ~> $uppercase')).toBe('A')
    expect(callOf('$map([1, 2], $id)')).toEqual(['1', '2'])
  })

  it('may be shadowed by a variable, as in JSONata', () => {
    expect(callOf('($id := function($x) { $x + 1 }; $id(1))')).toBe(2)
  })
})

describe('$id', () => {
  it('writes every whole number with the digits that JSON shows', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), id => {
        expect(callOf(`$id(${id})`)).toBe(String(id))
      }),
    )
  })
})

describe('$instant and $offset', () => {
  it('agree with the calendar for every instant and offset', () => {
    const offset = fc.integer({ min: -14 * 60, max: 14 * 60 })
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true }),
        offset,
        (date, minutes) => {
          const whole = Math.floor(date.getTime() / 1_000) * 1_000
          const two = (n: number) => String(n).padStart(2, '0')
          const size = Math.abs(minutes)
          const zone = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
          const local = `${new Date(whole + minutes * 60_000).toISOString().slice(0, 19)}${zone}`
          const utc = `${new Date(whole).toISOString().slice(0, 19)}Z`
          expect(parseInstant(local)).toEqual({ ms: whole, utc, offset: zone })
          expect(parseInstant(utc)).toEqual({ ms: whole, utc, offset: '+00:00' })
        },
      ),
    )
  })
})

describe('ISO 3166', () => {
  it('has every country once, and XK, which partners send', () => {
    expect(ALPHA_3.size).toBe(249)
    expect(ALPHA_2.size).toBe(250)
    expect(new Set(ALPHA_3.values()).size).toBe(249)
  })

  it('knows every English name', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'region' })
    for (const code of ALPHA_2) expect(callOf(`$country(${JSON.stringify(names.of(code))})`)).toBe(code)
    expect(ENGLISH_NAMES.size).toBeGreaterThan(ALPHA_2.size)
  })

  it('knows only codes that Intl knows as countries', () => {
    const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
    for (const code of ALPHA_2) expect(names.of(code)).toBeDefined()
  })
})
