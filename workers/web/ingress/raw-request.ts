import type { Request } from 'express'
import type { RawRequest } from '#core/contracts/connector.ts'

const EMPTY = Buffer.alloc(0)

/** What a connector sees of a request. `publicUrl` without a slash at the end. */
export function toRawRequest(request: Request, publicUrl: string, receivedAt: number): RawRequest {
  const target = originForm(request.originalUrl)
  return {
    method: request.method,
    target,
    url: `${publicUrl}${target}`,
    // Only `set-cookie` is ever a list in node, and it is no request header; all others are strings.
    headers: request.headers as Record<string, string>,
    body: Buffer.isBuffer(request.body) ? request.body : EMPTY,
    receivedAt,
  }
}

/** RFC 9112 §3.2.2: a server must also accept `POST http://host/path`; the partner signed what it was given. */
function originForm(target: string): string {
  if (target.startsWith('/')) return target
  const path = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/i.exec(target)?.[1] ?? ''
  return path.startsWith('/') ? path : `/${path}`
}
