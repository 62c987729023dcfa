import { asHubError, type ConnectorContext, type HttpResponse, HubError } from '../../../sdk/index.ts'
import { API_VERSION } from '../manifest.ts'
import { settingsOf } from '../settings.ts'

/** Sends one GraphQL operation and resolves with whatever Shopify answered. */
export interface Exchange {
  send(operation: string, variables: Record<string, unknown>): Promise<HttpResponse>
  /** The access token that it sends. */
  accessToken: string
}

/** `isCustomStoreApp` makes the library take the token of the configuration; these are mandatory but only used for OAuth. */
const UNUSED = { apiKey: 'unused', apiSecretKey: 'unused', hostName: 'localhost' }

/**
 * Shopify's own client (address, version, headers) over the hub's HTTP client (host check, bounds, keep-alive).
 *
 * The library takes its fetch from a module-wide setting and reads it while a client is constructed, so setting and
 * constructing happen here in one synchronous step, once per call: no two connections can meet. It also insists on
 * `https://{shop}`; `apiBaseUrl` replaces that origin. It is loaded on first use, because it costs a fifth of a second
 * and most connections only receive.
 */
export async function exchangeOf(context: ConnectorContext, refused?: string): Promise<Exchange> {
  const { shop, apiBaseUrl } = settingsOf(context.connection)
  const accessToken = await context.token(refused)
  const [{ shopifyApi, Session }, runtime] = await Promise.all([
    import('@shopify/shopify-api'),
    import('@shopify/shopify-api/runtime'),
  ])
  runtime.setAbstractRuntimeString(() => 'Node')
  const { clients } = shopifyApi({
    ...UNUSED,
    apiVersion: API_VERSION as Parameters<typeof shopifyApi>[0]['apiVersion'],
    isCustomStoreApp: true,
    isEmbeddedApp: false,
    adminApiAccessToken: accessToken,
    userAgentPrefix: 'Crossdock',
    logger: { log: (_severity, message) => context.log('debug', message) },
    _logDisabledFutureFlags: false,
  })
  const session = new Session({ id: shop, shop, state: '', isOnline: false, accessToken })

  const send: Exchange['send'] = async (operation, variables) => {
    const call: { answer?: HttpResponse; fault?: HubError } = {}
    runtime.setAbstractFetchFunc(fetchThrough(context, { origin: apiBaseUrl, call }))
    const client = new clients.Graphql({ session })
    // What came back is judged by our response table; the library's exceptions keep neither status nor cause apart.
    await client.request(operation, { variables }).catch(() => undefined)
    if (call.answer) return call.answer
    throw call.fault ?? new HubError('UNEXPECTED', { detail: 'Shopify’s client sent no request.' })
  }
  return { send, accessToken }
}

function fetchThrough(
  { http, signal }: ConnectorContext,
  { origin, call }: { origin: string; call: { answer?: HttpResponse; fault?: HubError } },
): typeof fetch {
  return async (url, init) => {
    const { pathname } = new URL(String(url))
    const body = JSON.parse(String(init?.body)) as { query: string }
    try {
      call.answer = await http.request({
        method: 'POST',
        url: `${origin}${pathname}`,
        headers: Object.fromEntries(new Headers(init?.headers)),
        body,
        safeToRepeat: body.query.trimStart().startsWith('query'),
        signal,
      })
    } catch (thrown) {
      call.fault = asHubError(thrown)
      throw call.fault
    }
    const { status, headers, body: answered } = call.answer
    return Object.assign(new Response(null, { status, headers }), { json: async () => answered })
  }
}
