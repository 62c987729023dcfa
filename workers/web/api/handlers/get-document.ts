import type { Handler } from '../route.ts'
import { visible } from '../scope.ts'
import { documentView } from '../views/document-view.ts'

export const getDocument: Handler = async (call, { store, mask }) =>
  documentView(visible(call, await store.documents.get(call.params['id']!)), call.principal, mask)
