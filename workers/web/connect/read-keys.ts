import type { Request } from 'express'
import { parseJson } from '#core/kernel/parse-json.ts'

/** What a partner posted: JSON, or a form. */
export function readKeys(request: Request): unknown {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')
  return isForm ? Object.fromEntries(new URLSearchParams(body.toString())) : parseJson(body)
}
