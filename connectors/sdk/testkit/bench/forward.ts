import { request as send } from 'node:http'
import type { SeenRequest } from './flaky-proxy.ts'

export interface Forwarded {
  status: number
  headers: Record<string, string | string[]>
  body: Buffer
}

/** Belong to one connection (RFC 9110 §7.6.1), or are made anew for it. */
const OWN_HEADERS = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length'])

/**
 * Asks the simulator and waits for its whole answer. Addresses of the simulator in it become the proxy's, so that links
 * and continuations lead through the proxy again.
 */
export function forward(
  request: SeenRequest,
  { upstream, baseUrl }: { upstream: string; baseUrl: string },
): Promise<Forwarded> {
  return new Promise((resolve, reject) => {
    const origin = new URL(upstream).origin
    const call = send(`${origin}${request.target}`, {
      method: request.method,
      headers: { ...request.headers, connection: 'close' },
      agent: false,
    })
    call.on('error', reject)
    call.on('response', async answer => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk as Buffer)
      resolve({
        status: answer.statusCode ?? 502,
        headers: renamed(answer.headers, origin, baseUrl),
        body: moved(Buffer.concat(chunks), origin, baseUrl),
      })
    })
    call.end(request.body)
  })
}

function renamed(headers: NodeJS.Dict<string | string[]>, from: string, to: string): Forwarded['headers'] {
  const kept: Forwarded['headers'] = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || OWN_HEADERS.has(name)) continue
    kept[name] = Array.isArray(value) ? value : value.replaceAll(from, to)
  }
  return kept
}

const moved = (body: Buffer, from: string, to: string): Buffer =>
  body.includes(from) ? Buffer.from(body.toString().replaceAll(from, to)) : body
