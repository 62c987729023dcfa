import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { netsuiteApi, type Reference, readRecord, writeRecord } from '../api.ts'
import { externalIdOf } from '../external-id.ts'
import { netsuiteSettings } from '../settings.ts'
import { currencyOf } from './currency.ts'
import { findCustomer, makeCustomer, type WantedCustomer } from './customer.ts'
import { type ResolvedLine, resolveLines, type WantedLines } from './items.ts'
import { assertTotal } from './total.ts'
import { upsert } from './upsert.ts'

/** What the outgoing mapping makes: these members are for us, the rest goes to NetSuite as it is. */
type Body = Record<string, unknown> &
  WantedLines & { cancelled?: boolean; currency?: string; customer?: WantedCustomer; total?: string } & {
    entity?: Reference
  }

/** A sales order as far as it is compared and changed. */
export interface SalesOrder {
  id: string
  item?: { items?: SalesOrderLine[] }
}

export interface SalesOrderLine {
  line: number
  item: Reference
  quantity?: number
  quantityFulfilled?: number
  amount?: number
  isClosed?: boolean
}

/**
 * The external id is our key, and `PUT` by it makes or changes the one order there is: so an order cannot be written twice,
 * wherever a process dies.
 */
export async function pushOrder(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = netsuiteApi(context)
  const { cancelled = false, currency, customer, total, item, charges, ...fields } = operation.body as Body
  const externalId = externalIdOf(operation.key)
  const existing = await orderOf(api, externalId, operation.externalId)
  if (cancelled) return closeOrder(api, operation, existing)
  const lines = await resolveLines(api, context, { item, charges })
  const money = currency === undefined ? {} : { currency: await currencyOf(api, currency) }
  const known = fields.entity ? fields.entity.id : customer ? await findCustomer(api, customer) : null
  operation.sending()
  const entity = { id: known ?? (await makeCustomer(api, context, customerIn(customer))) }
  // Lines that are as they were are left alone: NetSuite refuses to replace those that were fulfilled.
  const content = isSame(existing, lines) ? {} : { item: { items: lines } }
  const { id, status } = await upsert(api, context, {
    ...(existing
      ? ({ method: 'PATCH', path: `salesOrder/${existing.id}` } as const)
      : ({ method: 'PUT', path: `salesOrder/eid:${externalId}` } as const)),
    ...('item' in content ? { replace: 'item' } : {}),
    body: { ...fields, ...money, ...content, entity, externalId },
  })
  const order = id ?? existing?.id ?? (await orderOf(api, externalId, null))?.id
  if (order === undefined)
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer names no sales order.' })
  await approve(api, context, { order, total })
  return { externalId: order, status }
}

/** By our key; else the linked one, whose external id somebody may have changed. */
async function orderOf(api: Api, externalId: string, link: string | null): Promise<SalesOrder | null> {
  const ours = await readRecord<SalesOrder>(api, `salesOrder/eid:${externalId}`)
  return (
    ours ?? (link === null ? null : readRecord<SalesOrder>(api, `salesOrder/${encodeURIComponent(link)}`))
  )
}

function customerIn(customer: WantedCustomer | undefined): WantedCustomer {
  if (customer) return customer
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The order names no customer: the mapping makes neither `customer` nor `entity`.',
    fingerprint: 'customer',
  })
}

const isSame = (existing: SalesOrder | null, lines: readonly ResolvedLine[]): boolean =>
  existing !== null && marksOf(existing.item?.items ?? []) === marksOf(lines)

const marksOf = (lines: readonly (ResolvedLine | SalesOrderLine)[]): string =>
  lines.map(({ item, quantity, amount }) => `${item.id}|${Number(quantity)}|${Number(amount)}`).join('\n')

/** An order cannot be cancelled over REST, but all its lines can be closed. */
async function closeOrder(
  api: Api,
  operation: PushOperation,
  existing: SalesOrder | null,
): Promise<PushResult> {
  if (!existing)
    throw new HubError('SOURCE_SKIPPED', { detail: 'The order was cancelled before NetSuite had it.' })
  const open = (existing.item?.items ?? []).filter(({ isClosed }) => !isClosed)
  if (open.length === 0) return { externalId: existing.id, status: 200 }
  const items = open.map(({ line }) => ({ line, isClosed: true }))
  operation.sending()
  const { status } = await writeRecord(api, {
    ...{ method: 'PATCH', path: `salesOrder/${existing.id}`, body: { item: { items } } },
  })
  return { externalId: existing.id, status }
}

const PENDING_APPROVAL = 'A'
const PENDING_FULFILMENT = 'B'

/** Only what adds up is released to the warehouse. */
async function approve(
  api: Api,
  { connection }: ConnectorContext,
  { order, total }: { order: string; total: string | undefined },
): Promise<void> {
  const path = `salesOrder/${order}`
  const { orderStatus } = await assertTotal(api, { path, total })
  if (!netsuiteSettings(connection).approve || orderStatus?.id !== PENDING_APPROVAL) return
  await writeRecord(api, { method: 'PATCH', path, body: { orderStatus: { id: PENDING_FULFILMENT } } })
}
