import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { allows, type Principal } from '#core/accounts/roles.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { parseJson } from '#core/kernel/parse-json.ts'
import { authenticate } from './authenticate.ts'
import type { ApiDeps } from './deps.ts'
import { createFailures, type Failures } from './failures.ts'
import { createProblemHandler, pathOf } from './problem.ts'
import type { Query, Route } from './route.ts'
import { ROUTES } from './routes.ts'
import { createSignInPage } from './sign-in-page.ts'
import { createStreams, type Streams } from './streams.ts'
import { compileValidators, type Validators } from './validate.ts'

const BODY_BYTES = 1024 * 1024
/** JSON quotes and base64 make the text of a payload longer than its bytes. */
const EDIT_FACTOR = 2

const NOBODY: Principal = { id: 'nobody', role: 'viewer' }

export interface Api {
  /** For the root of the application: `/api/v1/…` and `/sign-in`. */
  router: Router
  /** Ends the event streams, so that the server can close. */
  close(): void
}

/** The HTTP API, made from the register of routes. */
export function createApi(deps: ApiDeps): Api {
  const failures = createFailures(deps.clock)
  const streams = createStreams()
  const v1 = Router({ caseSensitive: true })
  for (const route of ROUTES) mount(v1, route, { deps, failures, streams })
  v1.use(request => {
    throw new HubError('NOT_FOUND', {
      detail: `There is no ${request.method} ${pathOf(request.originalUrl)}.`,
    })
  })

  const router = Router()
  router.use('/api/v1', noStore, v1)
  router.get('/sign-in', noStore, createSignInPage(deps, failures))
  router.use(createProblemHandler(deps.telemetry))
  return { router, close: streams.close }
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('cache-control', 'no-store')
  next()
}

interface Around {
  deps: ApiDeps
  failures: Failures
  streams: Streams
}

function mount(v1: Router, route: Route, around: Around): void {
  const { deps, failures, streams } = around
  const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
  // On the first request: starting must not wait for the schemas of routes that nobody calls.
  let compiled: Validators | undefined

  // Who asks is known before the body is read: nobody else makes the hub hold bytes.
  const permit: RequestHandler = async (request, response, next) => {
    const principal = route.action ? await authenticate(request, { ...deps, failures }) : NOBODY
    if (route.action && !allows(principal.role, route.action))
      throw new HubError('NOT_ALLOWED', { detail: `“${principal.role}” lacks “${route.action}”.` })
    response.locals['principal'] = principal
    next()
  }
  const limit = route.large ? Math.max(BODY_BYTES, deps.config.maxBodyBytes * EDIT_FACTOR) : BODY_BYTES
  const readBody = express.raw({ type: () => true, limit })

  const answer = async (request: Request, response: Response): Promise<void> => {
    compiled ??= compileValidators(route)
    const query = { ...request.query } as Query
    compiled.query(query)
    const body = bodyOf(request)
    compiled.body(body)
    const principal = response.locals['principal'] as Principal
    const params = request.params as Record<string, string>
    const result = await route.handler(
      { principal, params, query, body, request, response, failures, streams },
      deps,
    )
    if (response.headersSent) return
    if (result === undefined) response.status(204).end()
    else response.status(route.status ?? 200).json(result)
  }

  v1[method](route.path, permit, readBody, answer)
}

function bodyOf(request: Request): unknown {
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) return {}
  return parseJson(request.body)
}
