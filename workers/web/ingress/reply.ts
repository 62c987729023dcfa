import type { ServerResponse } from 'node:http'
import { isErrorCode, REGISTER } from '#core/errors/register.ts'

/** What a request is answered with, as a value: handlers return one, a single place sends it. */
export interface Reply {
  status: number
  headers?: Record<string, string>
  body?: string
  /** What is counted: `stored`, `duplicate`, `answered` or the code of the refusal. */
  result: string
}

/** RFC 9457: one shape for every refusal, with the hub's code as an extension member. */
export function refusal(
  status: number,
  code: string,
  detail = '',
  headers: Record<string, string> = {},
): Reply {
  const title = isErrorCode(code) ? REGISTER[code].message : code
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify({ type: 'about:blank', title, status, code, ...(detail ? { detail } : {}) }),
    result: code,
  }
}

/** A partner that hung up meanwhile is no error: node drops what is written to it. */
export function send(response: ServerResponse, { status, headers, body = '' }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}
