import { AxiosHeaders, getAdapter, type InternalAxiosRequestConfig } from 'axios'
import type { HttpClient, HttpRequest, HttpResponse } from '../contracts/connector.ts'
import { HubError } from '../errors/hub-error.ts'
import type { Clock } from './clock.ts'
import { type AllowedHosts, allowedHosts, bare } from './http/allowed-hosts.ts'
import { decodeBody, encodeBody, plainHeaders } from './http/bodies.ts'
import { Deadline } from './http/deadline.ts'
import { failure, safeUrl } from './http/failure.ts'
import { forbidden, guardedAgents } from './http/guarded-agents.ts'
import { repeat } from './http/repeat.ts'

export interface HttpClientOptions {
  clock: Clock
  /** `host`, `host:port`, address or CIDR range that may be reached although it is not public. */
  allowPrivateHosts: readonly string[]
  /** For the whole of one request: connecting, sending and the last byte of the answer. */
  timeoutMs?: number
  maxResponseBytes?: number
  random?: () => number
  userAgent?: string
  /** How names become addresses; the system's resolver unless given. */
  lookup?: Parameters<typeof guardedAgents>[1]
}

const DEFAULTS = {
  timeoutMs: 30_000,
  maxResponseBytes: 16 * 1024 * 1024,
  userAgent: 'crossdock',
  random: Math.random,
}
const MOST_REDIRECTS = 3

/** Straight to axios's adapter: its interceptors and config merging would double the cost of a call and add nothing here. */
const adapter = getAdapter('http')

/** The only way out of the hub. See `HttpClient` for what it promises. */
export function createHttpClient(options: HttpClientOptions): HttpClient & { close(): void; giveUp(): void } {
  const settings = { ...DEFAULTS, ...options }
  const allowed = allowedHosts(options.allowPrivateHosts)
  const agents = guardedAgents(allowed, options.lookup)
  const common: Partial<InternalAxiosRequestConfig> = {
    httpAgent: agents.http,
    httpsAgent: agents.https,
    maxContentLength: settings.maxResponseBytes,
    maxBodyLength: -1,
    maxRedirects: 0,
    proxy: false,
    responseType: 'arraybuffer',
    validateStatus: null,
  }
  const identity = { 'user-agent': settings.userAgent, accept: 'application/json, */*;q=0.5' }

  async function send(request: HttpRequest, url: URL, signal: Deadline): Promise<HttpResponse> {
    const { data, type } = encodeBody(request.body)
    const headers = new AxiosHeaders(request.headers).set(identity, false)
    if (type) headers.setContentType(type, false)
    try {
      const answer = await adapter({
        ...common,
        method: request.method,
        url: url.href,
        data,
        headers,
        signal,
      })
      const plain = plainHeaders(answer.headers)
      return {
        status: answer.status,
        headers: plain,
        body: request.bytes ? answer.data : decodeBody(answer.data as Buffer, plain['content-type']),
      }
    } catch (thrown) {
      throw failure(signal.reason ?? thrown, `${request.method} ${safeUrl(url)}`)
    }
  }

  const running = new Set<Deadline>()
  const givenUp = new AbortController()
  const endingOf = ({ signal }: HttpRequest): AbortSignal =>
    signal ? AbortSignal.any([signal, givenUp.signal]) : givenUp.signal

  async function follow(request: HttpRequest): Promise<HttpResponse> {
    if (givenUp.signal.aborted) throw new HubError('SHUTDOWN')
    let url = target(request.url, allowed)
    const deadline = new Deadline(settings.clock, request.timeoutMs ?? settings.timeoutMs, request.signal)
    running.add(deadline)
    try {
      for (let hops = 0; ; hops++) {
        const response = await send(request, url, deadline)
        const redirected = response.status >= 300 && response.status < 400
        const location = redirected ? response.headers['location'] : undefined
        if (location === undefined) return response
        url = nextHop({ request, url, location, hops })
      }
    } finally {
      running.delete(deadline)
      deadline.clear()
    }
  }

  return {
    request: request =>
      request.safeToRepeat
        ? repeat(() => follow(request), { ...settings, ending: () => endingOf(request) })
        : follow(request),
    /** Every call ends with `SHUTDOWN`, those under way and those to come. */
    giveUp() {
      givenUp.abort()
      for (const deadline of running) deadline.giveUp()
    },
    close() {
      agents.http.destroy()
      agents.https.destroy()
    },
  }
}

/** The URL, if it may be asked. Literal addresses are decided here, because they never reach a lookup. */
function target(text: string, allowed: AllowedHosts): URL {
  const url = URL.parse(text)
  if (!url) throw new HubError('HOST_FORBIDDEN', { detail: 'The address is not a URL.', fingerprint: 'url' })
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new HubError('HOST_FORBIDDEN', {
      detail: `“${url.protocol}” is not HTTP.`,
      fingerprint: url.protocol,
    })
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const host = bare(url.hostname)
  const literal = url.hostname !== host || /^[\d.]+$/.test(host)
  if (literal && !allowed.byName(url.hostname, port) && !allowed.byAddress(host, port)) throw forbidden(host)
  return url
}

interface Hop {
  request: HttpRequest
  url: URL
  location: string
  hops: number
}

/** Credentials go to no other origin, and a changing call is not repeated elsewhere. */
function nextHop({ request, url, location, hops }: Hop): URL {
  const next = URL.parse(location, url.href)
  const safe = request.method === 'GET' || request.method === 'HEAD'
  if (next && safe && next.origin === url.origin && hops < MOST_REDIRECTS) return next
  throw new HubError('PARTNER_REDIRECTED', {
    detail: `${request.method} ${safeUrl(url)} leads to ${next ? safeUrl(next) : 'an unreadable address'}.`,
    fingerprint: next?.host,
  })
}
