import {
  type Api,
  type ConnectorContext,
  cacheKeys,
  type FetchKey,
  HubError,
  type PublishedKey,
} from '../../../sdk/index.ts'
import { appApi, merchantApi } from '../api.ts'
import { appToken } from '../app-token.ts'
import { ebaySettings } from '../settings.ts'

/** By host: eBay's keys are the same for every app and merchant. `context`: of whoever asked last. */
const published = new Map<string, Keys>()

interface Keys {
  context: ConnectorContext
  fetchKey: FetchKey
}

/**
 * The keys that sign notifications (getPublicKey), remembered for an hour as eBay asks:
 * https://developer.ebay.com/api-docs/commerce/notification/resources/public_key/methods/getPublicKey
 */
export function publicKeys(context: ConnectorContext): FetchKey {
  const { apiBaseUrl } = ebaySettings(context.connection)
  const known = published.get(apiBaseUrl)
  if (known) {
    known.context = context
    return known.fetchKey
  }
  const entry: Keys = {
    context,
    fetchKey: cacheKeys({
      fetchKey: keyId => fetchPublicKey(entry.context, keyId),
      now: () => entry.context.now(),
    }),
  }
  published.set(apiBaseUrl, entry)
  return entry.fetchKey
}

async function fetchPublicKey(context: ConnectorContext, keyId: string): Promise<PublishedKey | null> {
  const path = `/commerce/notification/v1/public_key/${encodeURIComponent(keyId)}`
  const api = await keyApi(context)
  try {
    const { body } = await api.call<Partial<PublishedKey> | undefined>({ path })
    if (typeof body?.key === 'string' && typeof body.digest === 'string')
      return { key: body.key, digest: body.digest }
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.fingerprint === 'not-found') return null
    throw thrown
  }
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer is no public key.' })
}

/** Keys are the app's to ask for. A connection that was given tokens but no app asks with what it has. */
async function keyApi(context: ConnectorContext): Promise<Api> {
  try {
    await appToken(context)
    return appApi(context)
  } catch {
    return merchantApi(context)
  }
}
