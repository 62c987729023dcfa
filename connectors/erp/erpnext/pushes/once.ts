import { type Api, HubError, type PushOperation } from '../../../sdk/index.ts'
import { type Doc, insertDoc, listDocs } from '../api.ts'

export interface OnceOf {
  doctype: string
  keyField: string
  key: string
  body: Record<string, unknown>
}

/** The document that holds the key, or null. */
export async function docOf(api: Api, { doctype, keyField, key }: Omit<OnceOf, 'body'>): Promise<Doc | null> {
  const [found] = await listDocs<Doc>(api, doctype, {
    filters: [[keyField, '=', key]],
    fields: ['name', 'docstatus', 'modified'],
    limit: 1,
  })
  return found ?? null
}

/** Makes the document unless its key is there: the field is unique, so two that make it at once are one. Says that it sends. */
export async function once(
  api: Api,
  operation: Pick<PushOperation, 'sending'>,
  of: OnceOf,
): Promise<{ doc: Doc; made: boolean }> {
  const existing = await docOf(api, of)
  if (existing) return { doc: existing, made: false }
  operation.sending()
  try {
    return { doc: await insertDoc(api, of.doctype, { ...of.body, [of.keyField]: of.key }), made: true }
  } catch (thrown) {
    const taken = thrown instanceof HubError && thrown.fingerprint === 'taken' ? await docOf(api, of) : null
    if (!taken) throw thrown
    return { doc: taken, made: false }
  }
}
