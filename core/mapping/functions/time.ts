import { HubError } from '../../errors/hub-error.ts'
import { type Instant, parseInstant } from '../../kernel/instant.ts'
import { type HubFunction, wrongType } from './hub-function.ts'

function read(name: string, text: unknown): Instant | undefined {
  if (text === undefined || text === null) return undefined
  if (typeof text !== 'string') throw wrongType(name, 'a date and time as text', text)
  const instant = parseInstant(text)
  if (instant) return instant
  throw new HubError('MAPPING_TYPE', {
    detail: `“${text.slice(0, 40)}” is not a date and time with an offset.`,
    fingerprint: name,
  })
}

export const TIME_FUNCTIONS: readonly HubFunction[] = [
  {
    name: 'instant',
    signature: '$instant(text)',
    doc: 'An RFC 3339 date and time in UTC; absent for an absent one.',
    examples: [
      { call: '$instant("2026-01-02T03:04:05-05:00")', result: '2026-01-02T08:04:05Z' },
      { call: '$instant("2026-01-02 03:04:05+0000")', result: '2026-01-02T03:04:05Z' },
      { call: '$instant(null)', result: undefined },
      { call: '$instant("yesterday")', error: 'MAPPING_TYPE' },
    ],
    required: 1,
    arity: 1,
    run: (text: unknown) => read('instant', text)?.utc,
  },
  {
    name: 'offset',
    signature: '$offset(text)',
    doc: 'The offset of an RFC 3339 date and time, `+00:00` for `Z`.',
    examples: [
      { call: '$offset("2026-01-02T03:04:05-0400")', result: '-04:00' },
      { call: '$offset("2026-01-02T03:04:05Z")', result: '+00:00' },
      { call: '$offset(nothing)', result: undefined },
    ],
    required: 1,
    arity: 1,
    run: (text: unknown) => read('offset', text)?.offset,
  },
]
