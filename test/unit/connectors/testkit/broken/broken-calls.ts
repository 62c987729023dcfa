import restConformance from '#connectors/erp/rest/conformance.ts'
import { CHECK_GROUPS } from '#connectors/sdk/testkit/checks/checks.ts'
import type { Conformance, PartnerSimulator } from '#connectors/sdk/testkit/conformance.ts'
import { sentApart } from '#core/resilience/sent-apart.ts'
import {
  type Broken,
  deaf,
  erp,
  fresh,
  shopify,
  simulating,
  withErp,
  withManifest,
  withShopify,
} from './broken.ts'

/** Faults in calls. */
export const BROKEN_CALLS: readonly Broken[] = [
  {
    what: 'documents that are not there to be pushed',
    conformance: { ...restConformance, pushes: {} },
    checks: ['every resource that is written has documents to try'],
  },
  {
    what: 'a refusal that is none',
    conformance: {
      ...restConformance,
      pushes: {
        order: {
          ...restConformance.pushes!.order!,
          refused: () => restConformance.pushes!.order!.operation(7, 1),
        },
      },
    },
    checks: ['a document that the partner refuses parks'],
  },
  {
    what: 'stock that is copied without a look at what was sold',
    conformance: withShopify({
      push: (operation, context) => shopify.push!({ ...operation, expected: undefined }, context),
    }),
    checks: ['what a channel sold unseen is not given back'],
  },
  {
    what: 'stock that goes out one article after the other',
    conformance: withShopify({
      push: (operation, context) => shopify.push!(operation, { ...context, together: sentApart }),
    }),
    checks: ['stock of many articles at once is written for each by itself'],
  },
  {
    what: 'a token for every call, and none that works',
    conformance: {
      ...simulating(() => ({
        expireTokens: () => undefined,
        tokensGiven: () => 5 * fresh(),
      })),
      connector: {
        ...shopify,
        manifest: {
          ...shopify.manifest,
          auth: {
            kind: 'oauth2',
            grant: 'client-credentials',
            tokenUrl: () => 'http://127.0.0.1/token',
            scopes: [],
          },
        },
        poll: () => {
          throw new Error('401')
        },
      },
    },
    checks: [
      'a token that ended is renewed once, though ten calls need it',
      'every kind of call survives a token that ended',
    ],
  },
  {
    what: 'every push is a new record, announced too late',
    conformance: withErp({
      async push(operation, context) {
        const key = `${operation.key}-${fresh()}`
        const result = await erp.push!(
          { ...operation, key, externalId: null, sending: () => undefined },
          context,
        )
        return result
      },
    }),
    checks: [
      'the same document again is still one record',
      'a document whose link was lost is found again',
      'a newer revision changes the record',
      'says that it sends before the first change, and not before reads',
    ],
  },
  {
    what: 'a push that says it sends before it looks',
    conformance: withErp({
      push(operation, context) {
        operation.sending()
        return erp.push!({ ...operation, sending: () => undefined }, context)
      },
    }),
    checks: ['says that it sends before the first change, and not before reads'],
  },
  {
    what: 'a push that does not look when it is uncertain',
    conformance: withErp({
      async push(operation, context) {
        operation.sending()
        const { baseUrl } = context.connection.settings
        const { resource, key, body } = operation
        const headers = { authorization: `Bearer ${context.connection.secrets['token']?.[0]}` }
        const answer = await context.http.request({
          method: 'POST',
          url: `${baseUrl}/${resource}`,
          headers,
          body: { ...body, key },
        })
        return { externalId: String((answer.body as { id: string }).id) }
      },
    }),
    checks: [
      'a write whose answer was lost is one record',
      'a write that was answered with half is one record',
      'a write that nobody answered is one record',
    ],
  },
  {
    what: 'one record for all documents, and a key for every try',
    conformance: withErp({
      push: (operation, context) =>
        erp.push!(
          { ...operation, key: 'kit:one:1' },
          {
            ...context,
            http: {
              request: request =>
                context.http.request({
                  ...request,
                  headers: { ...request.headers, 'idempotency-key': `try-${fresh()}` },
                }),
            },
          },
        ),
    }),
    checks: [
      'ten documents at once are ten records',
      'an idempotency key is the same over every try, and another for another document',
    ],
  },
  {
    what: 'a push that writes nothing',
    conformance: withErp({ push: async operation => ({ externalId: operation.key }) }),
    checks: [
      'a new document makes one record and gives its id',
      'says that it sends before the first change, and not before reads',
    ],
  },
  {
    what: 'subscriptions that are never made',
    conformance: withShopify({ subscribe: async () => ({ present: [], created: [], repaired: [] }) }),
    checks: ['creates what is missing', 'brings back what the partner dropped'],
  },
  {
    what: 'subscriptions that are made again and again',
    conformance: withShopify({
      subscribe: (url, context) => shopify.subscribe!(`${url}/${fresh()}`, context),
    }),
    checks: ['finds all present the second time'],
  },
  {
    what: 'subscriptions of others that are taken away',
    conformance: (() => {
      let partner: PartnerSimulator | undefined
      return {
        ...simulating(real => {
          partner = real
          return {}
        }),
        connector: {
          ...shopify,
          subscribe(url, context) {
            partner?.dropSubscriptions?.()
            return shopify.subscribe!(url, context)
          },
        },
      } satisfies Conformance
    })(),
    checks: ['leaves those of others alone'],
  },
  {
    what: 'deaf to every failure',
    conformance: withShopify(deaf(shopify)),
    checks: CHECK_GROUPS.find(({ name }) => name === 'errors')!.checks.map(({ name }) => name),
  },
  {
    what: 'a price in a bucket that is not there',
    conformance: withManifest({
      limits: { ...shopify.manifest.limits!, price: () => ({ bucket: 'none', operation: 'x', cost: 1 }) },
    }),
    checks: ['every call has a price in a declared bucket'],
  },
  {
    what: 'limits that believe everything',
    conformance: withManifest({
      limits: { ...shopify.manifest.limits!, read: () => ({ available: Number.NaN }) },
    }),
    checks: ['an answer that makes no sense teaches nothing'],
  },
  {
    what: 'an error that tells all',
    conformance: withShopify({
      async probe(context) {
        try {
          return await shopify.probe!(context)
        } catch (cause) {
          context.log('error', `It failed with ${context.connection.secrets['accessToken']?.[0]}`)
          throw cause
        }
      },
    }),
    checks: ['no secret and nobody’s address is in an error, whatever the partner answers'],
  },
  {
    what: 'a log that tells all',
    conformance: withShopify({
      probe(context) {
        context.log('debug', 'asking', { ...context.connection.secrets })
        return shopify.probe!(context)
      },
    }),
    checks: ['no secret is in the log of a call that works'],
  },
]
