import type { KeyObject } from 'node:crypto'
import type { Feed, Resource } from '../../sdk/index.ts'
import type { PartnerSimulator, SimulatorOptions } from '../../sdk/testkit/conformance.ts'
import { servePartner } from '../../sdk/testkit/serve-partner.ts'
import { Account } from './simulator/account.ts'
import { recordRoutes } from './simulator/records.ts'
import { suiteqlRoute } from './simulator/suiteql.ts'
import { TokenEndpoint } from './simulator/token-endpoint.ts'

export interface NetsuiteOptions extends SimulatorOptions {
  clientId: string
  certificateId: string
  publicKey: KeyObject
  timeZone: string
}

export interface NetsuiteSimulator extends PartnerSimulator {
  readonly account: Account
}

const TYPES: Readonly<Partial<Record<Resource, string>>> = {
  order: 'salesOrder',
  shipment: 'itemFulfillment',
  return: 'returnAuthorization',
}

/** A NetSuite account: tokens by signed assertion, records by unique external id, transformations and SuiteQL. */
export async function createNetsuiteSimulator(options: NetsuiteOptions): Promise<NetsuiteSimulator> {
  const account = new Account(options.now)
  const tokens = new TokenEndpoint(options)
  const server = await servePartner({
    routes: [tokens.route, suiteqlRoute({ account, timeZone: options.timeZone }), ...recordRoutes(account)],
    guard({ headers, path }) {
      if (path.endsWith('/token') || tokens.accepts(headers['authorization'])) return undefined
      const error = { detail: 'Invalid login attempt.', 'o:errorCode': 'INVALID_LOGIN' }
      return { status: 401, body: { title: 'Unauthorized', status: 401, 'o:errorDetails': [error] } }
    },
  })
  return {
    ...server,
    account,
    seed: (feed, count, at) =>
      Array.from({ length: count }, (_, index) => seeded(account, feed, at + index * 1_000)),
    touch: (feed, id, at) => touch(account, { feed, id, at }),
    held: resource =>
      account
        .of(TYPES[resource] ?? '')
        .map(({ externalId = '', body, writes }) => ({ key: externalId, body, writes })),
    expireTokens: () => tokens.endAll(),
    tokensGiven: () => tokens.given,
  }
}

/** One record of a feed that changed at a time; its id as the decoded record carries it. */
function seeded(account: Account, feed: Feed, at: number): string {
  const item = account.addItem(`SEED-${account.items.length}`, {
    ...{ changedAt: at, itemtype: feed === 'product' ? 'InvtPart' : 'OthCharge' },
  })
  if (feed === 'product') return item.id
  if (feed === 'inventory') {
    account.balances.push({ item: item.id, location: '2', available: 5 })
    return `${item.id}@2`
  }
  const line = { line: 1, item: { id: item.id, refName: item.itemid }, quantity: 1, amount: 5 }
  const made = account.create('itemFulfillment', {
    ...{
      createdFrom: { id: '999' },
      shipStatus: { id: 'C' },
      item: { items: [{ ...line, location: { id: '2' } }] },
    },
    package: { items: [{ packageTrackingNumber: `1Z999AA1${item.id}` }] },
  })
  made.changedAt = at
  return made.id
}

function touch(account: Account, { feed, id, at }: { feed: Feed; id: string; at: number }): void {
  const item = account.items.find(one => one.id === id)
  if (feed === 'product' && item) item.changedAt = at
  const balance = account.balances.find(row => `${row.item}@${row.location}` === id)
  if (feed === 'inventory' && balance) balance.available += 1
  const fulfilment = account.find('itemFulfillment', id)
  if (feed === 'shipment' && fulfilment) fulfilment.changedAt = at
}
