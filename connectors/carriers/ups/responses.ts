import { HTTP_RESPONSES, type ResponseTable } from '../../sdk/index.ts'

interface Answer {
  response?: { errors?: { code?: unknown; message?: unknown }[] }
  invalidTrackingNumbers?: unknown
}

/** UPS's sentences are fixed, one a code; the numbers are those that we sent. */
const sentence = (body: unknown): string | undefined => {
  const { response, invalidTrackingNumbers: invalid } = Object(body) as Answer
  const errors = Array.isArray(response?.errors) ? response.errors : []
  const said = errors.slice(0, 3).map(error => {
    const { code, message } = Object(error) as { code?: unknown; message?: unknown }
    return [code, message].filter(part => typeof part === 'string').join(': ')
  })
  if (Array.isArray(invalid) && invalid.length > 0) said.push(refusedNumbers(invalid))
  return said.length > 0 ? said.join(' ').slice(0, 400) : undefined
}

/** Names the numbers that UPS does not follow. */
export const refusedNumbers = (numbers: readonly unknown[]): string =>
  `UPS does not take the tracking number ${numbers.slice(0, 5).map(String).join(', ')}.`

export const responses: ResponseTable = [
  { status: 400, code: 'PARTNER_REFUSED', detail: sentence },
  { status: 404, code: 'PARTNER_REFUSED', detail: sentence },
  { status: 422, code: 'PARTNER_REFUSED', detail: sentence },
  ...HTTP_RESPONSES,
]
