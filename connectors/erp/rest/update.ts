import { HubError, type PushResult } from '../../sdk/index.ts'
import type { ErpApi } from './erp-api.ts'

/** Writes the newest content to a known record; null when the ERP no longer has it. */
export async function update(erp: ErpApi, id: string): Promise<PushResult | null> {
  const response = await erp.put(id)
  if (response.status === 404 || response.status === 410) return null
  const confirmed = erp.confirmed(response, id)
  if (!confirmed) throw erp.error(response)
  return confirmed
}

/** Writes to a record that the ERP named a moment ago; its absence is a conflict, looked at again later. */
export async function updateNamed(erp: ErpApi, id: string): Promise<PushResult> {
  const updated = await update(erp, id)
  if (updated) return updated
  throw new HubError('PARTNER_CONFLICT', {
    detail: 'The record that the ERP has just named is not there to be updated.',
    fingerprint: 'named and gone',
  })
}

/**
 * After a 409 that names the existing record: it may hold older content, so the newest is written. Where the ERP has
 * no such address the 409 stands as the confirmation that it is.
 */
export async function updateExisting(erp: ErpApi, id: string): Promise<PushResult> {
  const response = await erp.put(id)
  if ([404, 405, 501].includes(response.status)) return { externalId: id, status: 409 }
  const confirmed = erp.confirmed(response, id)
  if (!confirmed) throw erp.error(response)
  return confirmed
}
