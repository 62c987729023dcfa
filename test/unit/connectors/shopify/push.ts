import { shopify } from '#connectors/storefronts/shopify/connector.ts'
import type { ConnectorContext, PushOperation, PushResult } from '#core/contracts/connector.ts'

/** A document as the deliverer hands it over, beside what the test says. */
export const operation = (of: Partial<PushOperation>): PushOperation => ({
  resource: 'inventory',
  key: 'acme:warehouse:1',
  revision: 1,
  body: {},
  externalId: null,
  dependencies: {},
  uncertain: false,
  idempotencyKey: 'inventory:acme:warehouse:1',
  sending: () => undefined,
  ...of,
})

export const push = (context: ConnectorContext, of: Partial<PushOperation>): Promise<PushResult> =>
  shopify.push!(operation(of), context)

/** The context, but `meanwhile` happens right before the first call whose text holds `word`. */
export function interrupted(
  context: ConnectorContext,
  word: string,
  meanwhile: () => void,
): ConnectorContext {
  let done = false
  return {
    ...context,
    http: {
      request(request) {
        if (!done && JSON.stringify(request.body).includes(word)) {
          done = true
          meanwhile()
        }
        return context.http.request(request)
      },
    },
  }
}
