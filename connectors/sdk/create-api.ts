import type { ConnectorContext, HttpRequest, HttpResponse } from '#core/contracts/connector.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { parseJson } from '#core/kernel/parse-json.ts'
import { addressOf, type Query } from './api-address.ts'
import { errorFor, type ResponseTable } from './responses.ts'

export interface ApiOptions {
  /** May have a path of its own; calls stay on its origin. */
  baseUrl: string
  /** Headers of every call; by default `authorization: Bearer …` where there is a token. */
  headers?: (token: string) => Record<string, string>
  /** Decides what every answer but 2xx means. */
  responses: ResponseTable
  /** False: calls carry no token and `headers` gets an empty text. True unless told. */
  token?: boolean
  /** Answers that mean “this token has ended”; 401 unless told. */
  refuses?: (response: HttpResponse) => boolean
}

export interface ApiCall {
  /** `GET` unless told. */
  method?: HttpRequest['method']
  /** Appended to `baseUrl`, or a whole URL of the same origin (a paging link). Ids in it are encoded by the caller. */
  path: string
  /** Members that are undefined are left out. */
  query?: Query
  headers?: Record<string, string>
  /** An object is sent as JSON, `URLSearchParams` as a form. */
  body?: unknown
  /** `GET` and `HEAD` are repeated on faults unless told otherwise; the rest only when told. */
  safeToRepeat?: boolean
  /** `text`: the answer is given as it came. */
  answer?: 'json' | 'text'
  timeoutMs?: number
}

export interface ApiAnswer<T> {
  status: number
  /** Lower-case names. */
  headers: Record<string, string>
  /** Undefined for an empty answer. */
  body: T
}

export interface Api {
  /**
   * Resolves for 2xx only; everything else is the error of the response table. A refused token is renewed once and the
   * call repeated. An answer that should be JSON and is not is `PARTNER_ANSWER_INVALID`.
   */
  call<T>(call: ApiCall): Promise<ApiAnswer<T>>
}

const bearer = (token: string): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})

/** A partner's HTTP API through the context: address, token, answers, in one place. */
export function createApi(context: ConnectorContext, options: ApiOptions): Api {
  const { responses, headers = bearer, token: needsToken = true, refuses = isUnauthorized } = options

  const send = (call: ApiCall, token: string): Promise<HttpResponse> => {
    const method = call.method ?? 'GET'
    return context.http.request({
      method,
      url: addressOf(options.baseUrl, call.path, call.query),
      headers: { accept: 'application/json', ...headers(token), ...call.headers },
      body: call.body,
      safeToRepeat: call.safeToRepeat ?? (method === 'GET' || method === 'HEAD'),
      timeoutMs: call.timeoutMs,
      signal: context.signal,
    })
  }

  const sendWithToken = async (call: ApiCall): Promise<HttpResponse> => {
    const token = await context.token()
    const answer = await send(call, token)
    if (!refuses(answer)) return answer
    const renewed = await renew(context, token)
    return renewed === null ? answer : send(call, renewed)
  }

  return {
    async call<T>(call: ApiCall) {
      const answer = needsToken ? await sendWithToken(call) : await send(call, '')
      if (answer.status < 200 || answer.status > 299) throw errorFor(responses, answer, context.now())
      const body = call.answer === 'text' ? answer.body : jsonOf(answer)
      return { status: answer.status, headers: answer.headers, body: body as T }
    },
  }
}

const isUnauthorized = ({ status }: HttpResponse): boolean => status === 401

/** Null where there is no other token: then the partner's own answer says more than ours. */
async function renew(context: ConnectorContext, refused: string): Promise<string | null> {
  try {
    const token = await context.token(refused)
    return token === refused ? null : token
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.code === 'UNAUTHORIZED') return null
    throw thrown
  }
}

/** Text here is JSON with another content type, or half an answer. */
function jsonOf({ status, body }: HttpResponse): unknown {
  if (typeof body !== 'string') return body
  if (body.trim() === '') return undefined
  try {
    return parseJson(Buffer.from(body))
  } catch (cause) {
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `HTTP ${status}: the answer is not JSON, or only half of it.`,
      status,
      cause,
    })
  }
}
