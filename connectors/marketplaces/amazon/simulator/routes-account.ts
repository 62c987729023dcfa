import type { Account } from './account.ts'
import { MARKETPLACE } from './draw-order.ts'
import { type Answer, type Asked, failure, ok, type Route } from './exchange.ts'

/** Participations, restricted tokens, destinations and subscriptions. */
export function accountRoutes(account: Account): Route {
  return asked => {
    const { path, method } = asked
    if (path === '/sellers/v1/marketplaceParticipations') return participations()
    if (path === '/tokens/2021-03-01/restrictedDataToken' && method === 'POST')
      return ok({ restrictedDataToken: `Atz.sprdt|simulated-${account.next()}`, expiresIn: 3_600 })
    if (path === '/notifications/v1/destinations') return destinations(account, asked)
    const [, type, id] = /^\/notifications\/v1\/subscriptions\/([^/]+)(?:\/([^/]+))?$/.exec(path) ?? []
    return type === undefined ? undefined : subscription(account, asked, { type, id })
  }
}

const participations = (): Answer =>
  ok({
    payload: [
      {
        marketplace: { id: MARKETPLACE.id, name: MARKETPLACE.name, countryCode: 'US' },
        participation: { isParticipating: true, hasSuspendedListings: false },
      },
    ],
  })

function destinations({ destinations: all, next }: Account, { method, body }: Asked): Answer {
  const show = ({ id, name, arn }: { id: string; name: string; arn: string }) => ({
    ...{ destinationId: id, name },
    resource: { sqs: { arn } },
  })
  if (method === 'GET') return ok({ payload: [...all.values()].map(show) })
  const arn = (body['resourceSpecification'] as { sqs?: { arn?: string } } | undefined)?.sqs?.arn
  if (!arn?.startsWith('arn:aws:sqs:')) return failure(400, 'InvalidInput', 'The ARN is not valid.')
  if ([...all.values()].some(one => one.arn === arn)) return failure(409, 'Conflict', 'It exists.')
  const made = { id: `destination-${next()}`, name: String(body['name']), arn }
  all.set(made.id, made)
  return ok({ payload: show(made) })
}

/** A type has one subscription at most. */
function subscription(
  { subscriptions, destinations: all, next }: Account,
  { method, body }: Asked,
  { type, id }: { type: string; id: string | undefined },
): Answer {
  const known = subscriptions.get(type)
  if (method === 'DELETE') {
    if (known?.id !== id) return failure(404, 'NotFound', 'No such subscription.')
    subscriptions.delete(type)
    return ok({})
  }
  if (method === 'POST') {
    if (known) return failure(409, 'Conflict', 'It exists.')
    const destinationId = String(body['destinationId'])
    if (!all.has(destinationId)) return failure(400, 'InvalidInput', 'No such destination.')
    const payloadVersion = String(body['payloadVersion'])
    subscriptions.set(type, { type, id: `subscription-${next()}`, destinationId, payloadVersion })
  }
  const made = subscriptions.get(type)
  if (!made) return failure(404, 'NotFound', 'No such subscription.')
  return ok({
    payload: {
      subscriptionId: made.id,
      destinationId: made.destinationId,
      payloadVersion: made.payloadVersion,
    },
  })
}
