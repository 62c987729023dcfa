import { type HttpResponse, HubError, type Resource } from '../../sdk/index.ts'

type Json = Record<string, unknown>

/** 2xx, unless it is a page for people: sign-in pages answer 200 to everything. */
export function confirms({ status, headers, body }: HttpResponse): boolean {
  if (status < 200 || status > 299) return false
  if (isPage(headers, body))
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `HTTP ${status} with an HTML page.`,
      fingerprint: 'html',
    })
  return true
}

const isPage = (headers: HttpResponse['headers'], body: unknown): boolean =>
  typeof body === 'string' &&
  body.trimStart().startsWith('<') &&
  (headers['content-type'] ?? '').includes('html')

/** Members under which ERPs wrap one record. */
const WRAPPERS = ['data', 'record', 'result', 'item', 'existing'] as const

/** Id of the record that an answer is about: in the body, in a wrapped record, or at the end of `Location`. */
export function idIn({ headers, body }: HttpResponse, resource: Resource): string | null {
  if (isObject(body)) {
    for (const record of [body, ...[resource, ...WRAPPERS].map(name => body[name])]) {
      const id = isObject(record) ? idOf(record) : null
      if (id !== null) return id
    }
  }
  const last = headers['location']?.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1)
  return last ? usable(safeDecode(last)) : null
}

/** Members under which ERPs put a list. */
const LISTS = ['items', 'data', 'results', 'records', 'value', 'content', 'rows'] as const

/**
 * Records of a search answer. A shape that is not known is an error, never “nothing found”: that would create a
 * second record.
 */
export function recordsIn(body: unknown, resource: Resource): Json[] {
  if (body === null || body === undefined || body === '') return []
  if (Array.isArray(body)) return body.filter(isObject)
  if (isObject(body)) {
    if (idOf(body) !== null) return [body]
    for (const name of [...LISTS, `${resource}s`, resource]) {
      const inner = body[name]
      if (Array.isArray(inner)) return inner.filter(isObject)
      if (name in body && inner === null) return []
      if (isObject(inner)) return recordsIn(inner, resource)
    }
    if (Object.keys(body).length === 0 || [body['total'], body['count']].includes(0)) return []
  }
  throw new HubError('PARTNER_ANSWER_INVALID', {
    detail: 'The search answer has no list that is known.',
    fingerprint: 'search',
  })
}

/** Id of a record, as text. */
export const idOf = (record: Json): string | null => usable(record['id'])

/** `.` and `..` would climb in a URL. */
function usable(id: unknown): string | null {
  if (typeof id !== 'string' && typeof id !== 'number') return null
  const text = String(id).trim()
  return text === '' || text === '.' || text === '..' ? null : text
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
