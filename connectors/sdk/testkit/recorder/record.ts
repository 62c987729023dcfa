import type { HttpClient, HttpRequest, HttpResponse, RawMessage } from '#core/contracts/connector.ts'
import type { Scrubber } from './scrub.ts'

/** One call and its answer, as they went over the wire. */
export interface Exchange {
  request: HttpRequest
  response: HttpResponse
}

/** A client that also keeps what was said. */
export function recording(http: HttpClient): { http: HttpClient; exchanges: readonly Exchange[] } {
  const exchanges: Exchange[] = []
  return {
    exchanges,
    http: {
      async request(request) {
        const response = await http.request(request)
        exchanges.push({ request, response })
        return response
      },
    },
  }
}

export interface RecordedMessage {
  topic: string
  headers: Record<string, string>
  /** The value of a JSON body, else the text. */
  body: unknown
  /** The body is no JSON: only what has the form of an address or a secret could be found. */
  unread?: true
}

export interface RecordedExchange {
  method: string
  url: string
  request?: unknown
  status: number
  headers: Record<string, string>
  response: unknown
}

/** A message as it may be kept in the project. */
export function scrubbedMessage({ topic, headers, body }: RawMessage, scrubber: Scrubber): RecordedMessage {
  const value = jsonOf(body.toString())
  const unread = value === undefined ? ({ unread: true } as const) : {}
  const scrubbed = value === undefined ? scrubber.text(body.toString()) : scrubber.value(value)
  return { topic, headers: scrubber.headers(headers), body: scrubbed, ...unread }
}

/** An exchange as it may be kept in the project; of the request's headers nothing. */
export const scrubbedExchange = ({ request, response }: Exchange, scrubber: Scrubber): RecordedExchange => ({
  method: request.method,
  url: scrubbedUrl(request.url, scrubber),
  ...(request.body === undefined ? {} : { request: scrubber.value(plain(request.body)) }),
  status: response.status,
  headers: scrubber.headers(response.headers),
  response: scrubber.value(response.body),
})

/** Without host and user: a fixture names no account. */
function scrubbedUrl(text: string, scrubber: Scrubber): string {
  const url = new URL(text)
  const query = Object.fromEntries(url.searchParams)
  const cleaned = scrubber.value(query) as Record<string, string>
  const search = new URLSearchParams(cleaned).toString()
  return `${url.pathname}${search && `?${search}`}`
}

const plain = (body: unknown): unknown => (body instanceof URLSearchParams ? Object.fromEntries(body) : body)

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
