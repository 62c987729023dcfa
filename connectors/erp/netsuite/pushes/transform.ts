import { type Api, type ConnectorContext, HubError, type PushOperation } from '../../../sdk/index.ts'
import { readRecord, type Written, writeRecord } from '../api.ts'
import { upsert } from './upsert.ts'

export interface Transform {
  /** `salesOrder/123`. */
  from: string
  /** Record type that is made. */
  to: string
  externalId: string
  body: Record<string, unknown>
  replace?: string
}

export type Found = { id: string }

/** The record with our external id, or null. */
export const recordOf = (api: Api, type: string, externalId: string): Promise<Found | null> =>
  readRecord<Found>(api, `${type}/eid:${externalId}`)

/**
 * Makes one record of another, under our external id: a second transformation is refused because the id is taken, and then
 * the record is there.
 */
export async function transform(
  api: Api,
  operation: Pick<PushOperation, 'sending'>,
  { from, to, externalId, body, replace }: Transform,
): Promise<Written & Found> {
  operation.sending()
  const { id, status } = await writeRecord(api, {
    method: 'POST',
    path: `${from}/!transform/${to}`,
    replace,
    body: { ...body, externalId },
  })
  const made = id ?? (await recordOf(api, to, externalId))?.id
  if (made !== undefined) return { id: made, status }
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: `The answer names no ${to}.` })
}

/** Changes the record that is there. */
export async function change(
  api: Api,
  context: ConnectorContext,
  { path, body, replace }: { path: string; body: Record<string, unknown>; replace?: string },
): Promise<Written> {
  return upsert(api, context, { method: 'PATCH', path, body, replace })
}
