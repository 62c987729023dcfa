import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { type SimulatedCompany, shown, type Write } from './company.ts'
import { answerList, type Table } from './query.ts'
import { refusal } from './refusal.ts'
import type { Subscriptions } from './subscriptions.ts'

export interface RoutesOptions {
  company: SimulatedCompany
  subscriptions: Subscriptions
  tenantId: string
  companyId: string
}

const tableOf = ({ books }: SimulatedCompany, set: string): Table | undefined => {
  switch (set) {
    case 'items':
      return { rows: books.items, expandable: ['itemVariants'] }
    case 'customers':
      return { rows: books.customers }
    case 'salesOrders':
      return { rows: books.orders.map(one => shown(set, one)), expandable: ['salesOrderLines'] }
    case 'salesCreditMemos':
      return { rows: books.memos.map(one => shown(set, one)), expandable: ['salesCreditMemoLines'] }
    case 'salesShipments':
      return { rows: books.shipments, expandable: ['salesShipmentLines'] }
    case 'salesInvoices':
      return { rows: books.invoices }
    default:
      return undefined
  }
}

/** The paths of API v2.0 that the connector uses, of one environment. */
export function routesOf({ company, subscriptions, tenantId, companyId }: RoutesOptions): Route[] {
  const root = `/v2\\.0/${tenantId}/\\w+/api/v2\\.0`
  const inCompany = `companies\\(${companyId}\\)`
  const list = (asked: Asked, set: string): Reply => {
    const table = tableOf(company, set)
    return table
      ? answerList(asked, table)
      : refusal('BadRequest_ResourceNotFound', `No segment '${set}'.`, 404)
  }
  const writes = ['POST', 'PATCH', 'DELETE'].map(
    (method): Route => ({
      method,
      path: new RegExp(`^${root}/${inCompany}/(.+)$`),
      answer: (asked, path = '') =>
        company.write({ method, path, ifMatch: asked.headers['if-match'], body: Object(asked.body) }),
    }),
  )
  return [
    {
      method: 'GET',
      path: new RegExp(`^${root}/companies$`),
      answer: () => ({ status: 200, body: { value: [{ id: companyId, name: 'CRONUS' }] } }),
    },
    ...subscriptions.routes(root),
    {
      method: 'POST',
      path: new RegExp(`^${root}/\\$batch$`),
      answer: asked => company.batch(innerOf(asked), asked.headers['isolation']),
    },
    {
      method: 'GET',
      path: new RegExp(`^${root}/${inCompany}/(\\w+)$`),
      answer: (asked, set = '') => list(asked, set),
    },
    ...writes,
  ]
}

interface Inner {
  id: string
  method: string
  url: string
  headers?: Record<string, string>
  body?: Write['body']
}

const innerOf = ({ body }: Asked): (Write & { id: string })[] =>
  (body as { requests: Inner[] }).requests.map(({ id, method, url, headers = {}, body: inner = {} }) => ({
    id,
    method,
    path: url.replace(/^companies\([\w-]+\)\//, ''),
    ifMatch: headers['If-Match'],
    body: inner,
  }))
