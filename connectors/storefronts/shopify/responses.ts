import { HTTP_RESPONSES, HubError, type ResponseTable } from '../../sdk/index.ts'

export interface GraphqlError {
  message: string
  path?: readonly (string | number)[]
  extensions?: { code?: string }
}

/** Errors of a GraphQL answer, which come with HTTP 200; an empty list for everything else. */
export function graphqlErrors(body: unknown): GraphqlError[] {
  const errors = typeof body === 'object' && body !== null ? (body as { errors?: unknown }).errors : undefined
  if (typeof errors === 'string') return [{ message: errors }]
  return Array.isArray(errors) ? (errors as GraphqlError[]) : []
}

const hasCode = (code: string) => (body: unknown) =>
  graphqlErrors(body).some(error => error.extensions?.code === code)

/** Shopify's messages name fields and documentation pages, never customers. */
const firstMessage = (body: unknown) => graphqlErrors(body)[0]?.message.slice(0, 200)

const TOO_COSTLY = 'query-cost'

/** The query costs more than Shopify takes at once (1 000 points): ask for less. */
export const isTooCostly = (error: unknown): boolean =>
  error instanceof HubError && error.fingerprint === TOO_COSTLY

/** https://shopify.dev/docs/api/admin-graphql#status_and_error_codes */
export const responses: ResponseTable = [
  { status: 200, body: hasCode('THROTTLED'), code: 'PARTNER_THROTTLED' },
  { status: 200, body: hasCode('ACCESS_DENIED'), code: 'UNAUTHORIZED', detail: firstMessage },
  { status: 200, body: hasCode('SHOP_INACTIVE'), code: 'UNAUTHORIZED', detail: firstMessage },
  { status: 200, body: hasCode('INTERNAL_SERVER_ERROR'), code: 'PARTNER_FAILED' },
  { status: 200, body: hasCode('TIMEOUT'), code: 'PARTNER_TIMEOUT' },
  {
    status: 200,
    body: hasCode('MAX_COST_EXCEEDED'),
    code: 'PARTNER_REFUSED',
    detail: firstMessage,
    fingerprint: TOO_COSTLY,
  },
  {
    status: 200,
    body: body => graphqlErrors(body).length > 0,
    code: 'PARTNER_ANSWER_INVALID',
    detail: firstMessage,
  },
  // A shop that has not paid (402), is locked (423) or gone (404): the merchant has to act, the work is kept.
  { status: 402, code: 'UNAUTHORIZED', detail: () => 'The shop is frozen.' },
  {
    status: 404,
    code: 'UNAUTHORIZED',
    detail: () => 'There is no such shop, or the app is no longer installed.',
  },
  { status: 423, code: 'UNAUTHORIZED', detail: () => 'The shop is locked.' },
  { status: 430, code: 'PARTNER_THROTTLED' },
  ...HTTP_RESPONSES,
]
