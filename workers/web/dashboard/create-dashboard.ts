import { join } from 'node:path'
import express, { type Router } from 'express'
import helmet from 'helmet'

/** Everything comes from our own files: no inline script or style, no other host, never inside a frame. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

const NOT_BUILT = 'The dashboard is not built. Run `npm run build`, then reload.\n'

/** The pages: hashed assets cached for ever, the index never, and the index for every route that the browser knows. */
export function createDashboard(distDir: string): Router {
  const router = express.Router()
  router.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: POLICY },
      // The hub may be reached by plain HTTP in a private network; the proxy in front decides about HSTS.
      strictTransportSecurity: false,
    }),
  )
  router.use(
    '/assets',
    express.static(join(distDir, 'assets'), {
      immutable: true,
      maxAge: '1y',
      index: false,
      fallthrough: false,
    }),
  )
  router.use(express.static(distDir, { index: false, cacheControl: false }))
  router.get('/{*path}', (request, response, next) => {
    if (!request.accepts('html') || isForMachines(request.path)) return next()
    // The address of a sign-in link is in the URL: it must not travel on, and the page must not be kept.
    response.set({ 'cache-control': 'no-cache', 'referrer-policy': 'no-referrer' })
    response.sendFile('index.html', { root: distDir, cacheControl: false }, error => {
      if (error && !response.headersSent) response.status(503).type('text').send(NOT_BUILT)
    })
  })
  return router
}

/** Addresses of other routers: a wrong one there is a 404 of its own, not a page. */
const isForMachines = (path: string): boolean =>
  /^\/(api|webhooks|connect|livez|readyz|metrics)(\/|$)/.test(path)
