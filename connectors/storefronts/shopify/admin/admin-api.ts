import { type ConnectorContext, errorFor, type HttpResponse, HubError } from '../../../sdk/index.ts'
import { graphqlErrors, responses } from '../responses.ts'
import { exchangeOf } from './exchange.ts'

/** Runs one operation of the GraphQL Admin API and returns its data whole: data beside errors is an error. */
export type AdminApi = <Data>(operation: string, variables?: Record<string, unknown>) => Promise<Data>

/** A throttled call is repeated here this often; then the engine's own waiting takes over. */
const MAX_THROTTLED = 5

/** After a THROTTLED that does not say how long; the budget has learned from it and adds what is missing. */
const PAUSE_MS = 1_000

/** What the shop's bucket can pay is the rate budget's business; this only comes back after a THROTTLED all the same. */
export async function adminApi(context: ConnectorContext): Promise<AdminApi> {
  let exchange = await exchangeOf(context)

  return async <Data>(operation: string, variables: Record<string, unknown> = {}) => {
    let renewed = false
    for (let throttled = 0; ; throttled++) {
      let answer = await exchange.send(operation, variables)
      if (answer.status === 401 && !renewed) {
        renewed = true
        exchange = await exchangeOf(context, exchange.accessToken)
        answer = await exchange.send(operation, variables)
      }
      const failure = failureOf(answer, context.now())
      if (!failure) return (answer.body as { data: Data }).data
      if (failure.code !== 'PARTNER_THROTTLED') throw failure
      const pause = failure.retryAfterMs ?? PAUSE_MS
      if (throttled >= MAX_THROTTLED) throw throttledOut(failure, pause)
      await context.sleep(pause)
    }
  }
}

const throttledOut = ({ detail, status }: HubError, retryAfterMs: number) =>
  new HubError('PARTNER_THROTTLED', { detail, status, retryAfterMs })

/** Only HTTP 200 with a data object and no error is an answer. */
function failureOf(answer: HttpResponse, now: number): HubError | null {
  const data = (answer.body as { data?: unknown } | null | undefined)?.data
  const whole =
    answer.status === 200 &&
    typeof data === 'object' &&
    data !== null &&
    graphqlErrors(answer.body).length === 0
  return whole ? null : errorFor(responses, answer, now)
}
