import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { servePartner } from '../../sdk/testkit/serve-partner.ts'
import { upsErrors, upsRoutes } from './simulator/routes.ts'
import { Subscriptions } from './simulator/subscriptions.ts'

export interface UpsOptions extends SimulatorOptions {
  clientId: string
  clientSecret: string
  /** Parcels that the Track API knows: packages as it shows them, by number. */
  parcels: Readonly<Record<string, object>>
}

export interface UpsSimulator extends PartnerSimulator {
  readonly subscribed: Subscriptions
}

const TOKEN_PATH = '/security/v1/oauth/token'

/** UPS as an app sees it: tokens of four hours, subscriptions of fourteen days, the history of some parcels. */
export async function createUpsSimulator(options: UpsOptions): Promise<UpsSimulator> {
  const { now } = options
  const subscribed = new Subscriptions(now)
  const tokens = new Map<string, number>()
  let given = 0
  const giveToken = (): string => {
    const token = `ups-token-${++given}-${Math.floor(options.random() * 1e9)}`
    tokens.set(token, now() + 14_399_000)
    return token
  }
  const server = await servePartner({
    routes: upsRoutes({ ...options, subscribed, giveToken, tokenPath: TOKEN_PATH }),
    guard({ path, headers }) {
      if (path === TOKEN_PATH) return undefined
      const token = headers['authorization']?.replace(/^Bearer /, '') ?? ''
      if ((tokens.get(token) ?? 0) <= now())
        return upsErrors(401, '250002', 'Invalid Authentication Information.')
      if (!headers['transid']) return upsErrors(400, 'VSS002', 'Missing transId.')
      if (!headers['transactionsrc']) return upsErrors(400, 'VSS004', 'Missing transactionSrc.')
      return undefined
    },
    notFound: upsErrors(404, '404', 'The requested resource was not found.'),
  })
  return {
    ...server,
    subscribed,
    held: resource => (resource === 'shipment' ? subscribed.held() : []),
    expireTokens: () => tokens.clear(),
    tokensGiven: () => given,
  }
}
