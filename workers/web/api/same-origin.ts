import type { Request } from 'express'
import { HubError } from '#core/errors/hub-error.ts'

/**
 * Refuses a change that another site's page may have caused. `Sec-Fetch-Site` decides where the browser sends it
 * (https://www.w3.org/TR/fetch-metadata/), else `Origin`; neither is no proof, so it is refused too.
 */
export function checkSameOrigin(request: Request, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  if (site !== undefined ? site === 'same-origin' : isOwn(origin, request.headers.host, publicUrl)) return
  throw new HubError('NOT_ALLOWED', { detail: 'The request did not come from the hub’s own pages.' })
}

function isOwn(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (!origin || !URL.canParse(origin)) return false
  return origin === new URL(publicUrl).origin || new URL(origin).host === host
}
