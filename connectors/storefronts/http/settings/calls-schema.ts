import { group, HEADER, PATH, pointer } from './words.ts'

export const LIMITS = group(
  'What the shop lets us do',
  {
    capacity: { type: 'integer', minimum: 1, description: 'calls that may be made at once' },
    refillPerSecond: { type: 'number', exclusiveMinimum: 0, description: 'calls a second in the long run' },
    headers: group('Headers of answers that tell what is left', {
      remaining: HEADER,
      used: HEADER,
      capacity: HEADER,
      windowMs: HEADER,
      windowSeconds: HEADER,
    }),
  },
  ['capacity', 'refillPerSecond'],
)

export const RESPONSES = {
  type: 'array',
  description: 'What unusual answers mean; read before the usual meaning of HTTP statuses',
  items: group(
    'An answer and its meaning',
    {
      status: {
        type: ['integer', 'string'],
        pattern: '^[2-5]xx$|^[2-5][0-9]{2}$',
        description: 'a status as 422, or a class as 4xx',
      },
      pointer: pointer('looks into the body'),
      equals: { type: 'string', description: 'what must stand there; anything unless told' },
      code: {
        enum: [
          'UNAUTHORIZED',
          'PARTNER_REFUSED',
          'PARTNER_CONFLICT',
          'PARTNER_THROTTLED',
          'PARTNER_FAILED',
          'PARTNER_TIMEOUT',
          'PARTNER_ANSWER_INVALID',
        ],
        description: 'what the hub does about it: core/errors/ERRORS.md',
      },
    },
    ['status', 'code'],
  ),
}

export const PROBE = group('A harmless call that proves that the settings work', { path: PATH }, ['path'])
