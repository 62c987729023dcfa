import type { PushOperation, PushResult } from '../../sdk/index.ts'
import { idIn } from './answers.ts'
import type { ErpApi } from './erp-api.ts'
import { update, updateExisting, updateNamed } from './update.ts'

/**
 * Looks before it creates, so an earlier POST whose answer was lost is found by its key. What is found is always
 * written, because nobody knows which revision it holds. A linked record that is gone is searched, else made again:
 * the hub's promise is that the ERP holds the document.
 */
export async function searchThenCreate(erp: ErpApi, operation: PushOperation): Promise<PushResult> {
  const { externalId } = operation
  const linked = externalId === null ? null : await update(erp, externalId)
  if (linked) return linked
  const found = await erp.find({ trusting: true })
  return found === null ? create(erp, operation) : updateNamed(erp, found)
}

async function create(erp: ErpApi, { resource, key }: PushOperation): Promise<PushResult> {
  const response = await erp.post()
  if (response.status !== 409) {
    const confirmed = erp.confirmed(response, key)
    if (!confirmed) throw erp.error(response)
    return confirmed
  }
  // Someone made it between our look and our POST.
  const named = idIn(response, resource)
  if (named !== null) return updateExisting(erp, named)
  const found = await erp.find({ trusting: true })
  if (found === null) throw erp.error(response)
  return updateNamed(erp, found)
}
