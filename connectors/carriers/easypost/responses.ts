import { HTTP_RESPONSES, type ResponseTable } from '../../sdk/index.ts'

interface Problem {
  code?: unknown
  message?: unknown
  errors?: unknown
}

/**
 * `TRACKER.CREATE.ERROR: …` with the fields that it is about. Requests carry tracking numbers and addresses of the hub only,
 * so there is nobody whom the sentence could name.
 */
const sentence = (body: unknown): string | undefined => {
  const { error } = Object(body) as { error?: Problem }
  const { code, message, errors } = Object(error) as Problem
  const fields = (Array.isArray(errors) ? errors : [])
    .map(one => (Object(one) as { field?: unknown }).field)
    .filter(field => typeof field === 'string')
  const said = [code, message].filter(part => typeof part === 'string').join(': ')
  if (said === '') return undefined
  return `${said.slice(0, 200)}${fields.length > 0 ? ` (${fields.join(', ').slice(0, 80)})` : ''}`
}

/** https://docs.easypost.com/docs/errors: `{ error: { code, message, errors } }`. */
export const responses: ResponseTable = [
  { status: 400, code: 'PARTNER_REFUSED', detail: sentence },
  // The account's balance or plan, not the document.
  { status: 402, code: 'UNAUTHORIZED', detail: sentence },
  { status: 404, code: 'PARTNER_REFUSED', detail: sentence },
  { status: 422, code: 'PARTNER_REFUSED', detail: sentence },
  ...HTTP_RESPONSES,
]
