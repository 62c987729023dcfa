import { type Api, type ConnectorContext, HubError, pagesOf } from '../../../sdk/index.ts'
import { appApi, createdId, listIn } from '../api.ts'
import { ebaySettings } from '../settings.ts'

export const NOTIFICATION = '/commerce/notification/v1'

interface Destination {
  destinationId: string
  status?: string
  deliveryConfig?: { endpoint?: string }
}

export interface KeptDestination {
  id: string
  /** It was there and switched off, by eBay after failures or by hand, or led to an older address. */
  repaired: boolean
}

/** Every page of a list that goes on by a continuation in `next`. */
export async function everyOf<Item>(
  api: Api,
  { path, name, signal }: { path: string; name: string; signal: AbortSignal },
): Promise<Item[]> {
  const all: Item[] = []
  const fetchPage = async (after: string | null) => {
    const query = after === null ? { limit: 100 } : undefined
    const { body } = await api.call<{ next?: string } | undefined>({ path: after ?? path, query })
    return { items: listIn<Item>(body, name), next: body?.next || null }
  }
  for await (const page of pagesOf(fetchPage, { signal })) all.push(...page.items)
  return all
}

/**
 * The app's destination that leads to our address, enabled. eBay proves the address at once (`answerChallenge`), so the hub
 * must be reachable from outside. Found by the path: the host may have moved.
 */
export async function keepDestination(
  callbackUrl: string,
  context: ConnectorContext,
): Promise<KeptDestination> {
  const verificationToken = context.connection.secrets['verificationToken']?.[0]
  if (!verificationToken)
    throw new HubError('UNAUTHORIZED', {
      detail: 'The secret `verificationToken` is missing: eBay wants one.',
    })
  const api = appApi(context)
  await keepAlertEmail(api, context)
  const path = `${NOTIFICATION}/destination`
  const destinations = await everyOf<Destination>(api, { path, name: 'destinations', signal: context.signal })
  const ours = destinations.filter(({ deliveryConfig }) => samePath(deliveryConfig?.endpoint, callbackUrl))
  const body = {
    name: `crossdock-${context.connection.id}`.slice(0, 60),
    status: 'ENABLED',
    deliveryConfig: { endpoint: callbackUrl, verificationToken },
  }
  const known = ours.find(one => isWhole(one, callbackUrl)) ?? ours[0]
  if (!known)
    return { id: createdId((await api.call({ method: 'POST', path, body })).headers), repaired: false }
  if (isWhole(known, callbackUrl)) return { id: known.destinationId, repaired: false }
  await api.call({ method: 'PUT', path: `${path}/${encodeURIComponent(known.destinationId)}`, body })
  return { id: known.destinationId, repaired: true }
}

const isWhole = ({ status, deliveryConfig }: Destination, url: string): boolean =>
  status === 'ENABLED' && deliveryConfig?.endpoint === url

const samePath = (one = '', other: string): boolean => {
  const path = URL.parse(one)?.pathname
  return path !== undefined && path === URL.parse(other)?.pathname
}

/** Until the app has an alert address, eBay refuses destinations and subscriptions (error 195003). */
async function keepAlertEmail(api: Api, { connection }: ConnectorContext): Promise<void> {
  const { alertEmail } = ebaySettings(connection)
  if (!alertEmail) return
  await api.call({ method: 'PUT', path: `${NOTIFICATION}/config`, body: { alertEmail }, safeToRepeat: true })
}
