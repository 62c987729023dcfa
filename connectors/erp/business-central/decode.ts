import {
  type ConnectorContext,
  type Decoded,
  HubError,
  parseJson,
  type RawMessage,
  textAt,
} from '../../sdk/index.ts'
import { type Company, find, openCompany } from './api.ts'
import { equals, GUID } from './odata.ts'
import { bcSettings } from './settings.ts'

interface Told {
  id: string
  changeType: string | undefined
}

type FetchBack = (told: Told, context: ConnectorContext) => Promise<Decoded>

/** Notifications name what changed; polled records are whole. */
export async function decode(message: RawMessage, context: ConnectorContext): Promise<Decoded> {
  const body = parseJson(message.body)
  if (typeof body !== 'object' || body === null)
    throw new HubError('BODY_UNREADABLE', { detail: 'The body is no record.' })
  const fetchBack = FETCH_BACK[message.topic]
  if (!fetchBack) return { records: [body] }
  const changeType = textAt(body, '/changeType')
  if (changeType === 'collection')
    return {
      skip: 'COVERED_ELSEWHERE',
      detail: 'More than 1,000 records changed at once: the poll reads them.',
    }
  const id = /\(([^()]*)\)$/.exec(textAt(body, '/resource') ?? '')?.[1]
  if (!id || !GUID.test(id))
    throw new HubError('BODY_UNREADABLE', {
      detail: 'The notification names no record.',
      fingerprint: 'resource',
    })
  return fetchBack({ id, changeType }, context)
}

const item: FetchBack = async ({ id, changeType }, context) => {
  if (changeType === 'deleted') return { records: [{ id, deleted: true }] }
  const options = { filter: `id eq ${id}`, expand: 'itemVariants' }
  const records = await find(openCompany(context), 'items', options)
  return records.length > 0 ? { records } : GONE
}

/** An order is told of when anything of it changes; a posted shipment of it is what the hub wants to know. */
const shipments: FetchBack = async ({ id, changeType }, context) => {
  if (changeType === 'deleted') return POSTED
  const company = openCompany(context)
  const [order] = await find<{ number: string }>(company, 'salesOrders', {
    filter: `id eq ${id}`,
    select: 'id,number',
  })
  if (!order) return POSTED
  const records = await shipmentsOf(company, order.number, context)
  return records.length > 0
    ? { records }
    : { skip: 'SOURCE_SKIPPED', detail: 'Nothing of the order has been shipped.' }
}

const shipmentsOf = (company: Company, order: string, { connection }: ConnectorContext) =>
  find(company, bcSettings(connection).shipmentApi ?? 'salesShipments', {
    filter: equals('orderNumber', order),
    expand: 'salesShipmentLines',
  })

const GONE: Decoded = { skip: 'SOURCE_SKIPPED', detail: 'It is no longer in Business Central.' }

/** An order that is shipped and invoiced as a whole is gone. */
const POSTED: Decoded = {
  skip: 'COVERED_ELSEWHERE',
  detail: 'The order is gone; what was shipped of it comes with the poll.',
}

const FETCH_BACK: Readonly<Record<string, FetchBack>> = { items: item, salesOrders: shipments }
