import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { netsuiteApi } from '../api.ts'
import { externalIdOf } from '../external-id.ts'
import { netsuiteSettings } from '../settings.ts'
import { resolveLines, type WantedLines } from './items.ts'
import { orderedLines, orderFor } from './order-lines.ts'
import { assertTotal } from './total.ts'
import { change, recordOf, transform } from './transform.ts'

type Body = Record<string, unknown> & WantedLines & { declined?: boolean; total?: string }

const AUTHORIZATION = 'returnAuthorization'

/** A return authorisation of the order, and where it is wanted the credit memo or cash refund that pays it back. */
export async function pushReturn(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const api = netsuiteApi(context)
  const { declined = false, total, item, charges, ...fields } = operation.body as Body
  const externalId = externalIdOf(operation.key)
  const existing = await recordOf(api, AUTHORIZATION, externalId)
  if (declined && !existing)
    throw new HubError('SOURCE_SKIPPED', { detail: 'The return was declined before NetSuite had it.' })
  const authorized = existing
    ? await update(api, operation, context, { id: existing.id, fields })
    : await authorize(api, operation, context, { externalId, fields, lines: { item, charges } })
  await assertTotal(api, { path: `${AUTHORIZATION}/${authorized.externalId}`, total })
  const { returnsAs } = netsuiteSettings(context.connection)
  if (returnsAs !== AUTHORIZATION && !declined)
    await payBack(api, operation, { id: authorized.externalId, externalId, to: returnsAs })
  return authorized
}

interface Authorize {
  externalId: string
  fields: Record<string, unknown>
  lines: WantedLines
}

async function authorize(
  api: Api,
  operation: PushOperation,
  context: ConnectorContext,
  { externalId, fields, lines }: Authorize,
): Promise<PushResult> {
  const order = await orderFor(api, operation)
  const items = orderedLines({ order, wanted: await resolveLines(api, context, lines) })
  const { id, status } = await transform(api, operation, {
    ...{ from: `salesOrder/${order.id}`, to: AUTHORIZATION, externalId, replace: 'item' },
    body: { ...fields, item: { items } },
  })
  return { externalId: id, status }
}

/** What was authorised stays; only what is said about it changes. */
async function update(
  api: Api,
  operation: PushOperation,
  context: ConnectorContext,
  { id, fields }: { id: string; fields: Record<string, unknown> },
): Promise<PushResult> {
  operation.sending()
  const { status } = await change(api, context, { path: `${AUTHORIZATION}/${id}`, body: fields })
  return { externalId: id, status }
}

async function payBack(
  api: Api,
  operation: PushOperation,
  { id, externalId, to }: { id: string; externalId: string; to: 'creditMemo' | 'cashRefund' },
): Promise<void> {
  if (await recordOf(api, to, externalId)) return
  await transform(api, operation, { from: `${AUTHORIZATION}/${id}`, to, externalId, body: {} })
}
