import type { HttpClient } from '#connectors/sdk/index.ts'
import { HubError } from '#core/errors/hub-error.ts'

/** Calls of Odoo that change nothing: losing their answer is losing nothing. */
const READS = /\/(search|read|web_read|search_read|search_count|fields_get|has_access|formatted_read_group)$/

/** The process or the line dies while the answer to the nth change is on its way: what it did is done. 0: never. */
export function losingAnswer(nth: number): { wrap: (inner: HttpClient) => HttpClient; calls: () => number } {
  let calls = 0
  return {
    calls: () => calls,
    wrap: inner => ({
      async request(request) {
        const changes = !READS.test(request.url)
        if (changes) calls += 1
        const hit = changes && calls === nth
        const answer = await inner.request(request)
        if (hit) throw new HubError('PARTNER_TIMEOUT', { detail: 'The answer never came.' })
        return answer
      },
    }),
  }
}
