import type { DocumentFilter } from '#core/contracts/store.ts'
import { filterOf, mapPage, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'
import { documentView } from '../views/document-view.ts'

export const listDocuments: Handler = async (call, { store, mask }) => {
  const page = await store.documents.list(filterOf<DocumentFilter>(call), pageRequest(call))
  return mapPage(page, document => documentView(document, call.principal, mask))
}
