import { type ConnectorContext, errorFor, type HttpRequest, HubError } from '../../../sdk/index.ts'
import type { Company } from '../api.ts'
import { API_VERSION } from '../manifest.ts'
import { responses } from '../responses.ts'

export interface BatchRequest {
  readonly method: HttpRequest['method']
  /** Below the company. */
  readonly path: string
  readonly ifMatch?: string
  readonly body?: unknown
}

interface BatchAnswer {
  id?: string | null
  status?: number
  headers?: Record<string, string>
  body?: unknown
}

/** Of what one `$batch` may hold. */
export const MOST_AT_ONCE = 100

/**
 * All of the requests or none: `Isolation: snapshot` makes one transaction of them.
 * https://learn.microsoft.com/en-us/dynamics365/business-central/dev-itpro/webservices/use-odata-batch
 */
export async function transaction(
  company: Company,
  requests: readonly BatchRequest[],
  context: ConnectorContext,
): Promise<number> {
  if (requests.length > MOST_AT_ONCE)
    throw new HubError('PARTNER_REFUSED', {
      detail: `${requests.length} changes at once; Business Central takes ${MOST_AT_ONCE} in one transaction.`,
      fingerprint: 'batch',
    })
  const { body, status } = await company.api.call<{ responses?: BatchAnswer[] } | undefined>({
    method: 'POST',
    path: `${API_VERSION}/$batch`,
    headers: { isolation: 'snapshot' },
    body: { requests: requests.map((request, index) => written(company, request, index)) },
  })
  const answers = body?.responses
  if (!Array.isArray(answers))
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: '$batch gives no responses.' })
  const refused = answers.find(answer => !isGood(answer))
  if (refused) {
    const { status: inner = 0, headers = {}, body: said } = refused
    throw errorFor(responses, { status: inner, headers: lower(headers), body: said }, context.now())
  }
  if (answers.length !== requests.length)
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `$batch gives ${answers.length} responses to ${requests.length} requests.`,
    })
  return status
}

const written = (company: Company, { method, path, ifMatch, body }: BatchRequest, index: number) => ({
  id: String(index),
  method,
  url: company.inner(path),
  headers: {
    'Content-Type': 'application/json',
    ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
  },
  ...(body === undefined ? {} : { body }),
})

const isGood = ({ status = 0 }: BatchAnswer): boolean => status >= 200 && status < 300

const lower = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
