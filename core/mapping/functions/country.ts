import { type HubFunction, wrongType } from './hub-function.ts'
import { ALPHA_2, ALPHA_3, ENGLISH_NAMES, plainName } from './iso-3166.ts'

function country(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw wrongType('country', 'a code or name', value)
  if (ALPHA_2.has(value)) return value
  const text = value.trim()
  const code = text.toUpperCase()
  if (ALPHA_2.has(code)) return code
  return ALPHA_3.get(code) ?? ENGLISH_NAMES.get(plainName(text))
}

export const COUNTRY_FUNCTIONS: readonly HubFunction[] = [
  {
    name: 'country',
    signature: '$country(codeOrName)',
    doc: 'ISO 3166-1 alpha-2 in capitals, from alpha-2, alpha-3 or an English name; absent when unknown.',
    examples: [
      { call: '$country("us")', result: 'US' },
      { call: '$country("DEU")', result: 'DE' },
      { call: '$country("United Kingdom")', result: 'GB' },
      { call: '$country("Côte d’Ivoire")', result: 'CI' },
      { call: '$country("Atlantis")', result: undefined },
    ],
    required: 1,
    arity: 1,
    run: country,
  },
]
