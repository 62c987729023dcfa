import {
  type ConnectorContext,
  type HttpResponse,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../sdk/index.ts'
import { idIn } from './answers.ts'
import type { ErpApi } from './erp-api.ts'
import { settingsOf } from './settings.ts'
import { update, updateExisting, updateNamed } from './update.ts'

/**
 * The ERP remembers the key of a POST and answers a repeated one from memory (IETF draft-ietf-httpapi-idempotency-key-header).
 * That answer may be of an older revision, so a POST that may not be the first is followed by a PUT of the newest.
 */
export async function idempotencyKey(
  erp: ErpApi,
  operation: PushOperation,
  context: ConnectorContext,
): Promise<PushResult> {
  const { externalId, key } = operation
  if (externalId !== null) return (await update(erp, externalId)) ?? gone(erp, externalId)
  const { idempotencyHeader } = settingsOf(context.connection)
  const response = await erp.post({ [idempotencyHeader]: headerSafe(operation.idempotencyKey) })
  if (response.status === 409 || response.status === 422) return keyKnown(erp, operation, response)
  const created = erp.confirmed(response, key)
  if (!created) throw erp.error(response)
  return mayBeRemembered(operation, response) ? updateNamed(erp, created.externalId) : created
}

/** A later revision may meet the memory of an earlier one even when every answer so far was a clear one. */
const mayBeRemembered = ({ uncertain, revision }: PushOperation, { headers }: HttpResponse): boolean =>
  uncertain || revision > 1 || headers['idempotent-replayed'] === 'true'

/** 409: the record exists or its first POST still runs. 422: the key was used with older content, or the content is refused. */
async function keyKnown(
  erp: ErpApi,
  { resource }: PushOperation,
  response: HttpResponse,
): Promise<PushResult> {
  const named = response.status === 409 ? idIn(response, resource) : null
  if (named !== null) return updateExisting(erp, named)
  const found = await findQuietly(erp)
  if (found === null) throw erp.error(response)
  return updateNamed(erp, found)
}

/**
 * Made again under the same key it would be answered from memory with the id that is gone; under another key it might
 * be made twice, because this strategy does not require a search. So a person decides.
 */
async function gone(erp: ErpApi, externalId: string): Promise<PushResult> {
  const found = await findQuietly(erp)
  if (found !== null) return updateNamed(erp, found)
  throw new HubError('PARTNER_REFUSED', {
    detail: `HTTP 404: the ERP no longer has the record “${externalId}”.`,
    status: 404,
    fingerprint: 'gone',
  })
}

/** This strategy does not ask the ERP for a search: where there is none, nothing is found. */
async function findQuietly(erp: ErpApi): Promise<string | null> {
  try {
    return await erp.find({ trusting: false })
  } catch (error) {
    if (error instanceof HubError && NO_SEARCH.has(error.code)) return null
    throw error
  }
}

const NO_SEARCH: ReadonlySet<string> = new Set(['PARTNER_REFUSED', 'PARTNER_ANSWER_INVALID'])

/**
 * Header values are visible ASCII (RFC 9110 §5.5), and what a client strips could make two keys equal: everything else is
 * percent-encoded, the percent sign too, so that no two keys meet.
 */
const headerSafe = (key: string): string =>
  key.toWellFormed().replaceAll(/[^!-$&-~]+/gu, part => encodeURIComponent(part))
