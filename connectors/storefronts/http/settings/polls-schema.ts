import { group, PATH, pointer, RESOURCE } from './words.ts'

const POLL = group(
  'A list of the shop that is read for what changed',
  {
    path: PATH,
    query: {
      type: 'object',
      additionalProperties: { type: 'string' },
      description:
        'parameters, with {since}, {page}, {offset}, {size}; one whose placeholder has no value yet is left out',
    },
    topic: {
      type: 'string',
      minLength: 1,
      description: 'topic of its messages; poll/{resource} unless told',
    },
    items: pointer('where the list stands in the answer; the answer itself unless told'),
    id: pointer('where the id stands in a record; /id unless told'),
    changedAt: pointer('where the time of the last change stands in a record'),
    since: {
      enum: ['rfc3339', 'seconds', 'milliseconds'],
      description: 'how {since} is written; rfc3339 unless told',
    },
    next: {
      enum: ['page', 'offset', 'token', 'link', 'none'],
      description:
        'how the list goes on: numbered pages, an offset, a token (or whole link) in the answer, a Link header; none unless told',
    },
    token: pointer('for token: where it stands in the answer'),
    firstPage: {
      type: 'integer',
      minimum: 0,
      maximum: 1,
      description: 'number of the first page; 1 unless told',
    },
    size: {
      type: 'integer',
      minimum: 1,
      maximum: 1_000,
      description: 'records of a full page; 50 unless told',
    },
    sorted: {
      type: 'boolean',
      description:
        'the list comes oldest change first: then nothing is missed when records change while it is read',
    },
    everySeconds: { type: 'integer', minimum: 5, description: 'seconds between two looks; 300 unless told' },
    overlapSeconds: {
      type: 'integer',
      minimum: 0,
      description: 'seconds before the newest change seen that are read again; 60 unless told',
    },
    from: {
      type: 'string',
      format: 'date-time',
      description: 'the first look leaves out what changed before this',
    },
  },
  ['path', 'changedAt'],
)

export const POLLS = {
  type: 'object',
  description: 'Lists that are polled, by the resource that their records become',
  propertyNames: RESOURCE,
  additionalProperties: {
    ...POLL,
    allOf: [
      {
        if: { required: ['next'], properties: { next: { const: 'token' } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ['token'] },
      },
    ],
  },
}
