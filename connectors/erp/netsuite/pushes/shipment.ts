import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { netsuiteApi, writeRecord } from '../api.ts'
import { externalIdOf } from '../external-id.ts'
import { resolveLines, type WantedLines } from './items.ts'
import type { SalesOrder } from './order.ts'
import { openLines, orderFor } from './order-lines.ts'
import { change, type Found, recordOf, transform } from './transform.ts'

type Body = Record<string, unknown> & Pick<WantedLines, 'item'> & { cancelled?: boolean }

const TYPE = 'itemFulfillment'

/** An item fulfilment of the order; what is there is told its parcels, its lines stay. */
export async function pushShipment(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = netsuiteApi(context)
  const { cancelled = false, item, ...fields } = operation.body as Body
  const externalId = externalIdOf(operation.key)
  const existing = await recordOf(api, TYPE, externalId)
  if (cancelled) return remove(api, operation, existing)
  if (existing) {
    operation.sending()
    const path = `${TYPE}/${existing.id}`
    const { status } = await change(api, context, { path, body: fields, replace: 'package' })
    return { externalId: existing.id, status }
  }
  const order = await orderFor(api, operation)
  const lines = openLines({ order, wanted: await resolveLines(api, context, { item }) })
  const content =
    lines.length > 0 ? { item: { items: [...lines.map(received), ...others(order, lines)] } } : {}
  const from = `salesOrder/${order.id}`
  const body = { ...fields, ...content }
  const { id, status } = await transform(api, operation, { from, to: TYPE, externalId, body })
  return { externalId: id, status }
}

const received = (line: Record<string, unknown>) => ({ ...line, itemReceive: true })

/** A transformation begins with all lines of the order: those that are not in the parcel are left out by name. */
const others = (order: SalesOrder, lines: readonly Record<string, unknown>[]) =>
  (order.item?.items ?? [])
    .filter(({ line }) => !lines.some(({ orderLine }) => orderLine === line))
    .map(({ line }) => ({ orderLine: line, itemReceive: false }))

async function remove(api: Api, operation: PushOperation, existing: Found | null): Promise<PushResult> {
  if (!existing)
    throw new HubError('SOURCE_SKIPPED', { detail: 'The shipment was cancelled before NetSuite had it.' })
  operation.sending()
  const { status } = await writeRecord(api, { method: 'DELETE', path: `${TYPE}/${existing.id}` })
  return { externalId: existing.id, status }
}
