import { group, HEADER, needs } from './words.ts'

/** How calls prove who we are; the secrets have fixed names. */
export const AUTH = {
  ...group(
    'How calls to the shop prove who we are',
    {
      kind: {
        enum: ['none', 'bearer', 'header', 'query', 'basic', 'client-credentials'],
        description:
          'bearer, header and query send the secret `token`; basic `username` and the secret `password`; client-credentials asks `tokenUrl` with the secrets `clientId` and `clientSecret`',
      },
      header: { ...HEADER, description: 'for header: its name, as in X-Api-Key' },
      prefix: { type: 'string', description: 'for header: stands before the token' },
      parameter: { type: 'string', minLength: 1, description: 'for query: the name of the parameter' },
      username: { type: 'string', minLength: 1, description: 'for basic' },
      tokenUrl: {
        type: 'string',
        format: 'uri',
        pattern: '^https?://',
        description: 'for client-credentials',
      },
      scopes: { type: 'array', items: { type: 'string' }, description: 'for client-credentials' },
      clientAuth: { enum: ['basic', 'body'], description: 'for client-credentials; body unless told' },
    },
    ['kind'],
  ),
  allOf: [
    needs('header', ['header']),
    needs('query', ['parameter']),
    needs('basic', ['username']),
    needs('client-credentials', ['tokenUrl']),
  ],
}
