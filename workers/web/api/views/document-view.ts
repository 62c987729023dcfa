import type { Principal } from '#core/accounts/roles.ts'
import type { StoredDocument } from '#core/contracts/store.ts'
import type { Mask } from '#core/deadletter/mask.ts'
import { viewDocument } from '#core/deadletter/payload.ts'
import { erasedView, withInstants } from '../times.ts'

export const documentView = (document: StoredDocument, reader: Principal, mask: Mask) => ({
  ...withInstants(viewDocument(document, reader, mask), 'receivedAt', 'createdAt', 'updatedAt'),
  ...erasedView(document),
})
