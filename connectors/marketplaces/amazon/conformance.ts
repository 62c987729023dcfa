import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance, PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { amazon } from './connector.ts'
import { MARKETPLACE } from './simulator/draw-order.ts'
import { type AmazonSimulator, createAmazonSimulator } from './simulator.ts'

const APP = {
  clientId: 'amzn1.application-oa2-client.simulated',
  clientSecret: 'amzn1.oa2-cs.v1.simulated-secret',
  refreshToken: 'Atzr|simulated-refresh',
}
const ACCESS_KEY = 'AKIASIMULATED0000001'

/** The first token that Login gives out. */
const FIRST_TOKEN = 'Atza|simulated-1'

/** Orders that shipments are confirmed for, made long before any poll. */
const SHIPPABLE = 12
const LONG_AGO_MS = 90 * 86_400_000

/** Numbers count up from one, so that the nth order's id is known before there is a simulator. */
const orderId = (n: number): string => `902-${String(n).padStart(7, '0')}-${String(4_000_000 + n).slice(-7)}`

async function simulator({ now, random }: SimulatorOptions): Promise<PartnerSimulator> {
  const amazonUs = createAmazonSimulator({ now, random, ...APP, accessKeyId: ACCESS_KEY })
  for (let n = 1; n <= SHIPPABLE; n++) amazonUs.account.addOrder(now() - LONG_AGO_MS)
  amazonUs.grant()
  return {
    baseUrl: await amazonUs.listen(),
    close: () => amazonUs.close(),
    seed: amazonUs.seed,
    touch: amazonUs.touch,
    held: amazonUs.held,
    stock: {
      shown: n => amazonUs.account.listings.get(`KIT-${n}`)!.quantity,
      put: (n, quantity) =>
        void amazonUs.account.listings.set(`KIT-${n}`, { sku: `KIT-${n}`, quantity, writes: 0 }),
    },
    expireTokens: amazonUs.expireTokens,
    tokensGiven: amazonUs.tokensGiven,
    subscriptions: () => subscriptionsOf(amazonUs),
    dropSubscriptions: () => amazonUs.account.subscriptions.clear(),
  }
}

const subscriptionsOf = ({ account }: AmazonSimulator) =>
  [...account.subscriptions.values()].map(({ type, destinationId }) => ({
    topic: type,
    url: account.destinations.get(destinationId)?.arn ?? '',
  }))

const shipment = (n: number, revision: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-3pl:shipment-${n}`,
  body: {
    externalId: `shipment-${n}`,
    channel: 'kit-3pl',
    orderId: orderId(n),
    status: 'shipped',
    shippedAt: '2026-05-12T08:00:00Z',
    lines: [],
    packages: [{ carrier: 'UPS', trackingNumber: `1Z999AA1000${n}${revision}` }],
  },
  dependencies: { [`order|kit:kit-amazon:${orderId(n)}`]: orderId(n) },
})

const stock = (sku: string, available: number): Pick<PushOperation, 'key' | 'body' | 'dependencies'> => ({
  key: `kit:kit-erp:${sku}`,
  body: { externalId: sku, channel: 'kit-erp', sku, location: { externalId: 'main' }, available },
  dependencies: {},
})

const NO_ADDRESS =
  'Amazon sends to the queue of the settings and never to an address of the hub; integration tests look at destinations and types.'

const conformance: Conformance = {
  connector: amazon,
  connection: baseUrl => ({
    id: 'kit-amazon',
    tenant: 'kit',
    connector: 'amazon',
    settings: {
      region: 'na',
      marketplaceIds: [MARKETPLACE.id],
      sellerId: 'A3SIMULATED',
      apiBaseUrl: baseUrl,
      loginUrl: `${baseUrl}/auth/o2/token`,
      queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/notifications',
      queueEndpoint: baseUrl,
      fbaStock: 'on',
      externalFulfilment: 'on',
    },
    secrets: {
      clientId: [APP.clientId],
      clientSecret: [APP.clientSecret],
      refreshToken: [APP.refreshToken],
      accessToken: [FIRST_TOKEN],
      awsAccessKeyId: [ACCESS_KEY],
      awsSecretAccessKey: ['simulated-aws-secret-0001'],
    },
  }),
  pushes: {
    shipment: {
      operation: shipment,
      refused: () => {
        const { body, ...rest } = shipment(1, 1)
        return { ...rest, body: { ...body, lines: [{ sku: 'NOT-IN-THE-ORDER', quantity: 1 }] } }
      },
    },
    inventory: {
      operation: (n, revision) => stock(`KIT-${n}`, n * 10 + revision),
      refused: () => stock('UNKNOWN-1', 1),
    },
  },
  simulator,
  skips: { 'creates what is missing': NO_ADDRESS },
}

export default conformance
