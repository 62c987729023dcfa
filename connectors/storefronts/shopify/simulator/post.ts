import { Agent, request } from 'node:http'
import type { Clock } from '../../../sdk/index.ts'
import type { SignedWebhook } from './webhook.ts'

/** Shopify waits this long for the whole answer. */
const TIMEOUT_MS = 5_000

export interface Poster {
  /** True for 2xx; false for everything else, silence included. */
  post(url: string, webhook: SignedWebhook): Promise<boolean>
  close(): void
}

/** Sends over kept-alive connections; the time-out runs on the injected clock. */
export function createPoster(clock: Clock): Poster {
  const agent = new Agent({ keepAlive: true })
  return {
    post: (url, { headers, body }) =>
      new Promise(resolve => {
        const call = request(
          url,
          { method: 'POST', agent, headers: { ...headers, 'Content-Length': body.length } },
          answer => {
            answer.resume()
            answer.on('end', () => end((answer.statusCode ?? 0) >= 200 && (answer.statusCode ?? 0) < 300))
            answer.on('error', () => end(false))
          },
        )
        const cancel = clock.timer(TIMEOUT_MS, () => call.destroy(new Error('timed out')))
        const end = (accepted: boolean) => {
          cancel()
          resolve(accepted)
        }
        call.on('error', () => end(false))
        call.end(body)
      }),
    close: () => agent.destroy(),
  }
}
