import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../sdk/index.ts'
import { fetchList, shipbobApi } from './api.ts'

interface ShipbobOrder {
  id: number
  reference_id: string
  status?: string
}

/** What the outgoing mapping makes; `cancelled` is for us, the rest goes to ShipBob under our key. */
type Body = Record<string, unknown> & { cancelled?: boolean }

/**
 * `reference_id` is unique in a channel: creating it again is refused with 422, and the order that is there is ours. So an
 * order cannot be sent twice, wherever a process dies.
 */
export async function push(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = shipbobApi(context)
  const { cancelled = false, ...mapped } = operation.body as Body
  const body = { ...mapped, reference_id: operation.key }
  const known = operation.externalId ?? (operation.uncertain ? await idOf(api, operation.key) : null)
  if (known !== null)
    return cancelled ? cancel(api, operation, known) : update(api, operation, { id: known, body })
  if (cancelled)
    throw new HubError('SOURCE_SKIPPED', { detail: 'The order was cancelled before ShipBob had it.' })
  return create(api, operation, body)
}

async function create(
  api: Api,
  operation: PushOperation,
  body: Record<string, unknown>,
): Promise<PushResult> {
  operation.sending()
  try {
    const { body: order, status } = await api.call<ShipbobOrder>({ method: 'POST', path: '/order', body })
    return { externalId: idIn(order), status }
  } catch (thrown) {
    if (!(thrown instanceof HubError && thrown.fingerprint === 'reference_id')) throw thrown
    const id = await idOf(api, operation.key)
    if (id === null) throw thrown
    return { externalId: id, status: thrown.status }
  }
}

/** Once the warehouse works on it, ShipBob takes no change: that is for a person to settle. */
async function update(
  api: Api,
  operation: PushOperation,
  { id, body }: { id: string; body: Record<string, unknown> },
): Promise<PushResult> {
  operation.sending()
  const { status } = await api.call({ method: 'PUT', path: `/order/${encodeURIComponent(id)}`, body })
  return { externalId: id, status }
}

async function cancel(api: Api, operation: PushOperation, id: string): Promise<PushResult> {
  const path = `/order/${encodeURIComponent(id)}`
  const { body: order, status } = await api.call<ShipbobOrder>({ path })
  idIn(order)
  if (order.status === 'Cancelled') return { externalId: id, status }
  operation.sending()
  const answer = await api.call({ method: 'POST', path: `${path}/cancel` })
  return { externalId: id, status: answer.status }
}

async function idOf(api: Api, reference: string): Promise<string | null> {
  const query = { ReferenceIds: reference }
  const { items } = await fetchList<ShipbobOrder>(api, { path: '/order', query })
  const order = items.find(one => one.reference_id === reference)
  return order ? idIn(order) : null
}

function idIn(order: ShipbobOrder | undefined): string {
  if (typeof order?.id === 'number') return String(order.id)
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer names no order.' })
}
