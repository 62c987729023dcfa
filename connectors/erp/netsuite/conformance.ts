import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { PushOperation } from '../../sdk/index.ts'
import type { Conformance, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { netsuite } from './connector.ts'
import { createNetsuiteSimulator, type NetsuiteSimulator } from './simulator.ts'

const CLIENT = { clientId: 'simulated-client-id', certificateId: 'simulated-certificate' }
const TIME_ZONE = 'America/Los_Angeles'

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2_048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

type Operation = Pick<PushOperation, 'key' | 'body' | 'dependencies'>

const order = (n: number, revision: number): Operation => ({
  key: `kit:kit-shop:order-${n}`,
  body: {
    otherRefNum: `#${n}`,
    currency: 'USD',
    total: (10 * revision + 5).toFixed(2),
    customer: {
      key: `buyer-${n}@example.com`,
      isPerson: true,
      firstName: 'Mara',
      lastName: 'Lindqvist',
      email: `buyer-${n}@example.com`,
    },
    item: { items: [{ sku: 'MUG-1', quantity: revision, amount: 10 * revision }] },
    charges: [{ charge: 'shipping', quantity: 1, amount: 5 }],
  },
  dependencies: {},
})

const shipment = (n: number, revision: number): Operation => ({
  key: `kit:kit-3pl:shipment-${n}`,
  body: {
    shipStatus: { id: 'C' },
    item: { items: [{ sku: 'MUG-1', quantity: 1 }] },
    package: { items: [{ packageTrackingNumber: `1Z999AA1000000000${n}`, packageWeight: revision }] },
  },
  dependencies: { 'order:kit:kit-shop:order': '1' },
})

const returned = (n: number, revision: number): Operation => ({
  key: `kit:kit-shop:return-${n}`,
  body: {
    memo: `As of revision ${revision}`,
    total: '10.00',
    item: { items: [{ sku: 'MUG-1', quantity: 1, amount: 10 }] },
  },
  dependencies: { 'order:kit:kit-shop:order': '1' },
})

/** An account with goods, an item for shipping, and an order of a hundred mugs under the id 1. */
async function simulator(options: SimulatorOptions): Promise<NetsuiteSimulator> {
  const made = await createNetsuiteSimulator({
    ...{ ...options, ...CLIENT, timeZone: TIME_ZONE, publicKey: createPublicKey(keys.publicKey) },
  })
  const { account } = made
  const mug = account.addItem('MUG-1', { itemtype: 'InvtPart' })
  account.addItem('Shipping', { itemtype: 'OthCharge' })
  const lines = [{ line: 1, item: { id: mug.id, refName: mug.itemid }, quantity: 100, amount: 1_000 }]
  account.create('salesOrder', { item: { items: lines }, total: 1_000 }, '1')
  return made
}

const conformance: Conformance = {
  connector: netsuite,
  connection: baseUrl => ({
    id: 'kit-netsuite',
    tenant: 'kit',
    connector: 'netsuite',
    settings: {
      accountId: '1234567_SB1',
      apiBaseUrl: baseUrl,
      shippingItem: 'Shipping',
      timeZone: TIME_ZONE,
    },
    secrets: {
      clientId: [CLIENT.clientId],
      privateKey: [keys.privateKey],
      certificateId: [CLIENT.certificateId],
    },
  }),
  pushes: {
    order: {
      operation: order,
      refused: () => ({
        ...order(1, 1),
        body: {
          ...order(1, 1).body,
          item: { items: [{ sku: 'NOBODY-SELLS-THIS', quantity: 1, amount: 1 }] },
        },
      }),
    },
    shipment: {
      operation: shipment,
      refused: () => ({ ...shipment(1, 1), dependencies: { 'order:kit:kit-shop:order': '404' } }),
    },
    return: {
      operation: returned,
      refused: () => ({ ...returned(1, 1), body: { ...returned(1, 1).body, total: '11.00' } }),
    },
  },
  simulator,
}

export default conformance
