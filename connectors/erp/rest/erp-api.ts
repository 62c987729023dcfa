import {
  type ConnectorContext,
  type HttpResponse,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../sdk/index.ts'
import { confirms, idIn, idOf, recordsIn } from './answers.ts'
import { answerError } from './responses.ts'
import { credentialsOf, settingsOf } from './settings.ts'

/** The requests of one push. Each that may change something says so right before it goes out. */
export interface ErpApi {
  /** PUT of the newest content to `/{resource}/{id}`. */
  put(id: string): Promise<HttpResponse>
  /** POST of the newest content to `/{resource}`. */
  post(headers?: Record<string, string>): Promise<HttpResponse>
  /**
   * Id of the record that carries the document's key, or null. `trusting` also takes a single record without a key:
   * right only where the ERP is known to search.
   */
  find(options: { trusting: boolean }): Promise<string | null>
  /** The link and status of an answer that confirms (2xx, or 409 that names the record), else null. */
  confirmed(response: HttpResponse, fallbackId: string): PushResult | null
  /** What an answer that does not confirm means. */
  error(response: HttpResponse): HubError
}

export function erpApi(operation: PushOperation, context: ConnectorContext): ErpApi {
  const { connection, http, signal, now } = context
  const { baseUrl, timeoutMs } = settingsOf(connection)
  const { resource, key } = operation
  const collection = `${baseUrl}/${resource}`
  const credentials = credentialsOf(connection)
  const body = bodyOf(operation)

  function write(method: 'PUT' | 'POST', url: string, extra?: Record<string, string>): Promise<HttpResponse> {
    operation.sending()
    return http.request({ method, url, headers: { ...credentials, ...extra }, body, timeoutMs, signal })
  }

  return {
    put: id => write('PUT', `${collection}/${readable(id)}`),
    post: headers => write('POST', collection, headers),
    async find({ trusting }) {
      const url = `${collection}?key=${readable(key)}`
      const response = await http.request({ method: 'GET', url, headers: credentials, timeoutMs, signal })
      if (response.status === 404) return null
      if (!confirms(response)) throw answerError(response, now())
      return pick(recordsIn(response.body, resource), key, trusting)
    },
    confirmed(response, fallbackId) {
      const id = idIn(response, resource)
      if (confirms(response)) return { externalId: id ?? fallbackId, status: response.status }
      return response.status === 409 && id !== null ? { externalId: id, status: 409 } : null
    },
    error: response => answerError(response, now()),
  }
}

/** The document, with what an ERP needs to find it again and to order its changes. */
function bodyOf({ body, key, revision, dependencies }: PushOperation): Record<string, unknown> {
  const links = Object.keys(dependencies).length > 0 ? { links: dependencies } : {}
  return { ...body, key, revision, ...links }
}

/** Encoded for a path or a query, with the colons of keys left readable (RFC 3986 §3.3 and §3.4 allow them). */
const readable = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':')

function pick(records: Record<string, unknown>[], key: string, trusting: boolean): string | null {
  const own = records.find(record => record['key'] === key)
  if (own) return idOf(own) ?? key
  const unnamed = trusting
    ? records.filter(record => record['key'] === undefined && idOf(record) !== null)
    : []
  if (unnamed.length > 1)
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `The search gives ${unnamed.length} records without a key.`,
      fingerprint: 'search',
    })
  return unnamed[0] ? idOf(unnamed[0]) : null
}
