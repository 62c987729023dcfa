import { randomBytes } from 'node:crypto'
import express, {
  type ErrorRequestHandler,
  type Request,
  type RequestHandler,
  type Response,
  Router,
} from 'express'
import helmet from 'helmet'
import type { Directory } from '#core/accounts/directory.ts'
import type { Keys } from '#core/accounts/keys.ts'
import type { Connect } from '#core/accounts/oauth/connect.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError, HubError } from '#core/errors/hub-error.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { createFailures } from '../api/failures.ts'
import { begin } from './begin.ts'
import { browserOf, setBrowser } from './browser-cookie.ts'
import { connectedPage, failedPage, notYetPage, PAGE_CSS } from './pages.ts'
import { readKeys } from './read-keys.ts'
import { statusOf } from './status-of.ts'

export interface ConnectPageDeps {
  connect: Connect
  keys: Keys
  directory: Pick<Directory, 'get'>
  connectors: ReadonlyMap<string, Connector>
  clock: Clock
  telemetry: Pick<Telemetry, 'log'>
  config: { publicUrl: string; tenants: readonly { id: string }[] }
}

/** Nothing but our own style; forms and frames nowhere. */
const POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
}

const KEYS_BYTES = 65_536

/** Where merchants connect stores: `/connect/<connector>`, its callback, and where partners post keys. */
export function createConnectPages(deps: ConnectPageDeps): Router {
  const { connect, connectors, config, clock, telemetry } = deps
  const failures = createFailures(clock)
  const router = Router({ caseSensitive: true })
  const nameOf = (request: Request): string => {
    const id = String(request.params['connector'])
    return connectors.get(id)?.manifest.name ?? id
  }

  /** A guessed state counts against its address, as a wrong key does. */
  const guarded =
    (handle: (request: Request, response: Response) => Promise<void>): RequestHandler =>
    async (request, response) => {
      const address = request.ip ?? ''
      failures.check(address)
      try {
        await handle(request, response)
      } catch (thrown) {
        if (thrown instanceof HubError && thrown.code === 'OAUTH_STATE_INVALID') failures.add(address)
        throw thrown
      }
    }

  const start = guarded(async (request, response) => {
    const browser = browserOf(request) ?? randomBytes(32).toString('base64url')
    const { url } = await begin({ request, browser, failures }, deps)
    setBrowser(response, browser, config.publicUrl.startsWith('https:'))
    response.redirect(303, url)
  })

  const callback = guarded(async (request, response) => {
    const connector = String(request.params['connector'])
    const { returned } = request.query
    if (returned !== undefined) {
      const came = await connect.keysCame(String(returned))
      response.status(200).send(came ? connectedPage(nameOf(request)) : notYetPage(nameOf(request)))
      return
    }
    const browser = browserOf(request) ?? undefined
    const { connection } = await connect.finish({ connector, target: request.originalUrl, browser })
    response.send(connectedPage(nameOf(request), connection))
  })

  const takeKeys = guarded(async (request, response) => {
    await connect.takeKeys(String(request.params['connector']), readKeys(request))
    response.status(200).json({ ok: true })
  })

  const failed: ErrorRequestHandler = (thrown, request, response, next) => {
    if (response.headersSent) return next(thrown)
    const error = asHubError(thrown)
    const status = statusOf(thrown, error)
    telemetry.log(status >= 500 ? 'error' : 'warn', 'a store was not connected', {
      connector: String(request.params['connector'] ?? ''),
      code: error.code,
      detail: error.detail,
    })
    if (error.retryAfterMs) response.setHeader('retry-after', String(Math.ceil(error.retryAfterMs / 1_000)))
    if (request.method === 'POST') response.status(status).json({ ok: false, code: error.code })
    else response.status(status).send(failedPage(nameOf(request), error))
  }

  router.use('/connect', secured, noTraces)
  router.get('/connect/-/page.css', (_request, response) => void response.type('css').send(PAGE_CSS))
  router.get('/connect/:connector', start)
  router.get('/connect/:connector/callback', callback)
  router.post('/connect/:connector/callback', express.raw({ type: () => true, limit: KEYS_BYTES }), takeKeys)
  router.use('/connect/:connector', failed)
  return router
}

const secured = helmet({
  contentSecurityPolicy: { useDefaults: false, directives: POLICY },
  referrerPolicy: { policy: 'no-referrer' },
  // The hub may be reached by plain HTTP in a private network; the proxy in front decides about HSTS.
  strictTransportSecurity: false,
})

/** Codes and states stand in these addresses: nothing keeps them. */
const noTraces: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store')
  response.type('html')
  next()
}
