import shopifyConformance from '#connectors/storefronts/shopify/conformance.ts'
import {
  accepting,
  type Broken,
  fresh,
  messagesAs,
  receiving,
  shopify,
  withManifest,
  withShopify,
} from './broken.ts'

/** Faults in webhooks. */
export const BROKEN_WEBHOOKS: readonly Broken[] = [
  {
    what: 'mappings that do not compile and have no cases',
    conformance: shopifyConformance,
    tools: tools => ({
      ...tools,
      mappings: { ...tools.mappings, problems: () => ['order.map.yaml:1:1 No.'], cases: () => null },
    }),
    checks: ['has mappings that compile', 'has cases beside every mapping, and they pass'],
  },
  {
    what: 'a published vector that is refused',
    conformance: shopifyConformance,
    tools: tools => ({
      ...tools,
      vectors: () => [{ id: 'v', secret: 's', headers: { 'X-Shopify-Topic': 'x' }, body: '{}', valid: true }],
    }),
    checks: ['published signature vectors verify or fail as stated'],
  },
  {
    what: 'a mapping that tells no identity',
    conformance: shopifyConformance,
    tools: tools => ({
      ...tools,
      mappings: {
        ...tools.mappings,
        run(plan, record, context) {
          const run = tools.mappings.run(plan, record, context)
          return run.ok ? { ...run, output: { ...run.output, externalId: '' } } : run
        },
      },
    }),
    checks: ['a document has an identity and a revision'],
  },
  {
    what: 'a time that is said to be signed',
    conformance: {
      ...shopifyConformance,
      webhooks: { ...shopifyConformance.webhooks!, toleranceSeconds: 300 },
    },
    checks: ['a stale signed time is refused'],
  },
  {
    what: 'a decoder that is confused by a new field',
    conformance: withShopify({
      async decode(message, context) {
        const decoded = await shopify.decode!(message, context)
        if ('skip' in decoded || !String(message.body).includes('zz_added')) return decoded
        return {
          ...decoded,
          records: decoded.records.map(record => ({
            ...(record as object),
            id: 1,
            admin_graphql_api_id: null,
          })),
        }
      },
    }),
    checks: ['a field that nobody knows changes nothing'],
  },
  {
    what: 'a manifest with an example address',
    conformance: withManifest({ api: { ...shopify.manifest.api, docs: 'https://example.com/api' } }),
    checks: ['names its documentation by HTTPS'],
  },
  {
    what: 'a version that ends next month',
    conformance: withManifest({ api: { ...shopify.manifest.api, sunset: soon() } }),
    checks: ['speaks an API version that lives for 90 days more'],
  },
  {
    what: 'open settings without words',
    conformance: withManifest({ settings: { type: 'object', properties: { shop: { type: 'string' } } } }),
    checks: [
      'has a settings schema that compiles and is closed',
      'gives every setting a title and a description',
    ],
  },
  {
    what: 'secrets that the manifest does not know',
    conformance: withManifest({ secrets: {} }),
    checks: ['fits the connection of its own conformance'],
  },
  {
    what: 'secrets without words',
    conformance: withManifest({ secrets: { webhookSecret: { description: 'It', required: true } } }),
    checks: ['says what every secret is for'],
  },
  {
    what: 'a topic that nothing maps',
    conformance: withManifest({ topics: { 'carts/update': 'order' } }),
    checks: ['has a mapping for every topic and every poll', 'every topic has a sample'],
  },
  {
    what: 'no probe',
    conformance: withShopify({ probe: undefined }),
    checks: ['has the functions that it declares'],
  },
  {
    what: 'a skip of nothing',
    conformance: { ...shopifyConformance, skips: { 'no such check': 'because' } },
    checks: ['skips only checks that exist'],
  },
  {
    what: 'whatever comes is accepted',
    conformance: withShopify({ receive: accepting }),
    checks: [
      'a tampered body is refused',
      'changed white space is refused',
      'a wrong secret is refused',
      'without a secret everything is refused',
      'an empty secret proves nothing',
      'a request without a signature is refused',
      'a doubled signature header is refused',
      'a garbled signature header is refused',
      'nothing is parsed before the signature holds',
      'two events have different keys',
      'topics of one event have different keys',
      'credentials are not among the headers that are kept',
    ],
  },
  {
    what: 'everything is refused',
    conformance: receiving(() => ({ ok: false, status: 401, code: 'SIGNATURE_INVALID', detail: 'No.' })),
    checks: ['a right signature is accepted', 'a sender whose clock is four minutes ahead is accepted'],
  },
  {
    what: 'the first secret only',
    conformance: withShopify({
      receive: (request, connection, context) =>
        shopify.receive!(
          request,
          {
            ...connection,
            secrets: { webhookSecret: (connection.secrets['webhookSecret'] ?? []).slice(0, 1) },
          },
          context,
        ),
    }),
    checks: ['old and new secret are both good while they are rotated'],
  },
  {
    what: 'an empty body crashes',
    conformance: withShopify({
      receive(request, connection, context) {
        if (request.body.length === 0) throw new TypeError('undefined is not a function')
        return shopify.receive!(request, connection, context)
      },
    }),
    checks: ['an empty and a huge body are judged, not crashed on'],
  },
  {
    what: 'a dedupe key of the moment',
    conformance: messagesAs(message => ({ ...message, dedupeKey: `${message.dedupeKey}|${fresh()}` })),
    checks: ['a delivery that is repeated has the same key', 'the order of headers does not matter'],
  },
  {
    what: 'other bytes are kept',
    conformance: messagesAs(message => ({
      ...message,
      body: Buffer.from(JSON.stringify(JSON.parse(String(message.body)), null, 1)),
    })),
    checks: ['the bytes are kept as they came, under the topic that was sent'],
  },
  {
    what: 'a decoder that trusts what it reads',
    conformance: withShopify({
      decode: ({ body }) => ({ records: [{ ...(JSON.parse(String(body)) as object) }] }),
    }),
    checks: [
      'a broken body is an error of the register, never a crash',
      'a byte order mark changes nothing',
      'a thin payload is fetched back',
    ],
  },
  {
    what: 'a decoder that reads the clock',
    conformance: withShopify({
      decode: ({ body }, { now }) => ({
        records: [{ ...(JSON.parse(String(body)) as object), updated_at: new Date(now()).toISOString() }],
      }),
    }),
    checks: ['the same payload gives the same document'],
  },
  {
    what: 'a decoder that leaves out the money',
    conformance: withShopify({
      async decode(message, context) {
        const decoded = await shopify.decode!(message, context)
        if ('skip' in decoded) return decoded
        return {
          ...decoded,
          records: decoded.records.map(record => ({ ...(record as object), total_price: '1.00', id: null })),
        }
      },
    }),
    checks: ['every sample becomes a document that fits and balances'],
  },
  {
    what: 'a decoder that dies of new words and fields',
    conformance: withShopify({
      decode(message, context) {
        if (String(message.body).includes('zz_')) throw new RangeError('What is that?')
        return shopify.decode!(message, context)
      },
    }),
    checks: ['a word that nobody knows is a problem or a default, never a crash'],
  },
  {
    what: 'an error that quotes the payload',
    conformance: withShopify({
      decode(message) {
        throw new Error(`Cannot read ${String(message.body)}`)
      },
    }),
    checks: ['nobody of a payload is in the error about it'],
  },
]

function soon(): string {
  return new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
}
