import { group, HEADER, PATH, pointer, RESOURCE } from './words.ts'

const METHOD = { enum: ['PUT', 'PATCH', 'POST'], description: 'PUT unless told' }

const PUSH = {
  ...group(
    'What is sent to the shop. Placeholders: {/pointer} into the body, {key}, {idempotencyKey}, {externalId}',
    {
      method: METHOD,
      path: PATH,
      id: pointer('where the id stands in the answer; the key of the document unless told'),
      idempotencyHeader: { ...HEADER, description: 'header that the shop knows repetitions by' },
      once: {
        type: 'boolean',
        description: 'for POST without `update`: what was made stays as it is, later revisions are not sent',
      },
      search: group(
        'Asked before a record is made, so that it is not made twice',
        {
          path: PATH,
          items: pointer('where the list stands in the answer'),
          id: pointer('where the id stands in a record; /id unless told'),
        },
        ['path'],
      ),
      update: group('Used instead once the record’s {externalId} is known', { method: METHOD, path: PATH }, [
        'path',
      ]),
    },
    ['path'],
  ),
  if: { required: ['method'], properties: { method: { const: 'POST' } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: {
    allOf: [
      {
        description: 'a POST may arrive twice: add `idempotencyHeader` or `search`',
        anyOf: [{ required: ['idempotencyHeader'] }, { required: ['search'] }],
      },
      {
        description: 'a POST makes a new record each time: add `update` for later revisions, or `once: true`',
        anyOf: [{ required: ['update'] }, { required: ['once'], properties: { once: { const: true } } }],
      },
    ],
  },
}

export const PUSHES = {
  type: 'object',
  description: 'What the shop is told, by resource',
  propertyNames: RESOURCE,
  additionalProperties: PUSH,
}

export const MAPPING = {
  type: ['string', 'object'],
  description:
    'Id of the mapping that makes the body, one for each resource; without it the canonical document is sent.',
  propertyNames: RESOURCE,
  additionalProperties: { type: 'string', minLength: 1 },
}
