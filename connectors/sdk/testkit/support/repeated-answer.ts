import type { Bench } from '../bench/bench.ts'
import type { SeenRequest } from '../bench/flaky-proxy.ts'
import type { Forwarded } from '../bench/forward.ts'
import type { Kit } from '../kit.ts'

/** As much of a body as names the operation and none of its continuation. */
const OPERATION = 60

/** From now on the partner answers every request of a kind as it answered the first one. */
export function repeatFirstAnswer(kit: Kit, bench: Bench): void {
  const first = new Map<string, Forwarded>()
  bench.proxy?.alter((request, answer) => {
    if (isTokenRequest(kit, bench, request)) return answer
    const kind = `${request.method} ${request.target.split('?')[0]} ${request.body.subarray(0, OPERATION)}`
    const known = first.get(kind)
    if (!known && answer.status < 300) first.set(kind, answer)
    return known ?? answer
  })
}

/** A request for an access token is not the partner's work: faults leave it alone. */
export function isTokenRequest(
  { manifest: { auth } }: Kit,
  { connection }: Bench,
  { target }: SeenRequest,
): boolean {
  if (auth?.kind !== 'oauth2') return false
  return target.split('?')[0] === new URL(auth.tokenUrl(connection.settings)).pathname
}
