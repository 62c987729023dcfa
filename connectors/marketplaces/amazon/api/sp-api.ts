import {
  type ConnectorContext,
  errorFor,
  type HttpRequest,
  type HttpResponse,
  HubError,
  type ResponseTable,
  retryAfterMs,
} from '../../../sdk/index.ts'
import { limits } from '../limits.ts'
import { documentResponses, loginResponses, refusesToken, responses } from '../responses.ts'
import { amazonSettings, LOGIN } from '../settings.ts'
import { type Library, type LibraryCall, libraryOf } from './library.ts'

export interface SpCall extends Omit<LibraryCall, 'restrictedDataToken'> {
  /** An answer with this status is no error: `undefined` comes back. */
  absent?: number
  /** May be sent again when nobody knows whether it arrived; reads always may. */
  safeToRepeat?: boolean
  /** A restricted data token instead of the access token. */
  restricted?: string
}

export interface SpApi {
  /** The answer's body, parsed; every answer but 2xx is the error of the response table. */
  call<T>(call: SpCall): Promise<T>
  /** Bytes of a report document, decompressed. */
  download(document: { url: string; compressionAlgorithm?: string }): Promise<Buffer>
}

/** The Selling Partner API of one connection. The library is loaded on first use: most connections only receive. */
export function spApi(context: ConnectorContext): SpApi {
  return {
    async call<T>(call: SpCall) {
      const answer = await answered(context, call)
      if (answer.status === call.absent) return undefined as T
      return answer.body as T
    },
    async download(document) {
      const library = await libraryFor(context, { token: 'none', safeToRepeat: true })
      return library.download(document)
    },
  }
}

/** A throttled call is repeated here this often, if the pause is short; else the engine waits. */
const MAX_THROTTLED = 5
const LONGEST_PAUSE_MS = 5_000

/** A call that was throttled did not run, so it may be repeated whatever it does. */
async function answered(context: ConnectorContext, call: SpCall): Promise<HttpResponse> {
  for (let throttled = 0; ; throttled++) {
    const answer = await withToken(context, call)
    const pauseMs = retryAfterMs(answer.headers['retry-after'], context.now()) ?? 0
    if (answer.status !== 429 || throttled >= MAX_THROTTLED || pauseMs > LONGEST_PAUSE_MS)
      return judged(context, call, answer)
    await context.sleep(pauseMs)
  }
}

/** A token that Amazon refuses is renewed once; a restricted one is not ours to renew. */
async function withToken(context: ConnectorContext, call: SpCall): Promise<HttpResponse> {
  const token = call.scope ? 'grantless' : await context.token()
  const answer = await send(context, call, token)
  if (!refusesToken(answer) || call.scope || call.restricted) return answer
  const renewed = await context.token(token)
  return renewed === token ? answer : send(context, call, renewed)
}

function judged(context: ConnectorContext, call: SpCall, answer: HttpResponse): HttpResponse {
  const { status, body } = answer
  if (status === call.absent) return answer
  if (status < 200 || status > 299) throw errorFor(responses, answer, context.now())
  if (status === 204 || typeof body !== 'string') return answer
  throw new HubError('PARTNER_ANSWER_INVALID', {
    detail: `HTTP ${status}: the answer is not JSON, or only half of it.`,
    status,
  })
}

async function send(context: ConnectorContext, call: SpCall, token: string): Promise<HttpResponse> {
  const { absent: _absent, safeToRepeat = isRead(call), restricted, ...rest } = call
  const library = await libraryFor(context, { token, safeToRepeat })
  return library.call({ ...rest, restrictedDataToken: restricted })
}

const isRead = ({ operation = '', method = '' }: SpCall): boolean =>
  method === 'GET' ||
  /\.(?:get|search)[A-Z]/.test(operation) ||
  /\.(?:getReports|listReturns)$/.test(operation)

function libraryFor(
  context: ConnectorContext,
  { token, safeToRepeat }: { token: string; safeToRepeat: boolean },
): Promise<Library> {
  const { region, sandbox } = amazonSettings(context.connection)
  const [id, secret] = [secretOf(context, 'clientId'), secretOf(context, 'clientSecret')]
  return libraryOf({
    region,
    sandbox,
    accessToken: token,
    ...(id && secret ? { app: { id, secret } } : {}),
    send: request => through(context, { ...request, safeToRepeat }),
  })
}

const secretOf = ({ connection }: ConnectorContext, name: string): string | undefined =>
  connection.secrets[name]?.[0]

/** Login and documents are judged here, because the library would; its own calls are judged by who asked. */
async function through(context: ConnectorContext, request: HttpRequest): Promise<HttpResponse> {
  const { loginUrl, apiBaseUrl } = amazonSettings(context.connection)
  const { signal } = context
  if (request.url === LOGIN) {
    if (!secretOf(context, 'clientId') || !secretOf(context, 'clientSecret'))
      throw new HubError('UNAUTHORIZED', {
        detail: 'Subscribing needs the secrets `clientId` and `clientSecret` of the app.',
      })
    const login = { ...request, url: loginUrl ?? LOGIN, safeToRepeat: true, signal }
    return accepted(context, loginResponses, await context.http.request(login))
  }
  if (request.bytes)
    return accepted(context, documentResponses, await context.http.request({ ...request, signal }))
  const { pathname, search } = new URL(request.url)
  const url = apiBaseUrl ? `${apiBaseUrl.replace(/\/+$/, '')}${pathname}${search}` : request.url
  return withPause(request, await context.http.request({ ...request, url, signal }))
}

/** Amazon throttles without saying for how long: until the operation's bucket has its next token. */
function withPause(request: HttpRequest, answer: HttpResponse): HttpResponse {
  const { status, headers } = answer
  const price = status === 429 && !headers['retry-after'] ? limits.price(request) : null
  const rate = price && limits.buckets[price.bucket]?.refillPerSecond
  return rate ? { ...answer, headers: { ...headers, 'retry-after': String(Math.ceil(1 / rate)) } } : answer
}

function accepted(context: ConnectorContext, table: ResponseTable, answer: HttpResponse): HttpResponse {
  if (answer.status === 200) return answer
  throw errorFor(table, answer, context.now())
}
