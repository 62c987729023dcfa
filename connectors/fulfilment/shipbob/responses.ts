import { HTTP_RESPONSES, type HttpResponse, type ResponseTable, retryAfterMs } from '../../sdk/index.ts'

/** Names of fields and rules; ShipBob does not quote values in them. */
const firstProblem = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null) return undefined
  const { errors, title } = body as { errors?: unknown; title?: unknown }
  const problems = Object.entries(typeof errors === 'object' && errors !== null ? errors : (body as object))
  const [field, said] = problems.find(([, value]) => Array.isArray(value)) ?? []
  if (field) return `${field}: ${String((said as unknown[])[0]).slice(0, 160)}`
  return typeof title === 'string' ? title.slice(0, 160) : undefined
}

/** Says that an order with this reference is there already. */
export const isRepeated = (body: unknown): boolean =>
  /reference.?id.*(already|exist|duplicate|unique)|(already|exist|duplicate).*reference.?id/i.test(
    JSON.stringify(body ?? ''),
  )

export const responses: ResponseTable = [
  { status: 400, code: 'PARTNER_REFUSED', detail: firstProblem },
  { status: 422, body: isRepeated, code: 'PARTNER_CONFLICT', fingerprint: 'reference_id' },
  { status: 422, code: 'PARTNER_REFUSED', detail: firstProblem },
  ...HTTP_RESPONSES,
]

/** ShipBob’s own spelling of `Retry-After`, in seconds. */
export const withRetryAfter = (response: HttpResponse, now: number): HttpResponse => {
  const own = response.headers['x-retry-after']
  if (own === undefined || retryAfterMs(response.headers['retry-after'], now) !== undefined) return response
  return { ...response, headers: { ...response.headers, 'retry-after': own } }
}
