import { type Api, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type Doc, insertDoc, listDocs, readDoc, removeDoc, updateDoc } from '../api.ts'
import { generationKey, generationsOf, hubKey } from '../hub-key.ts'
import { assertTotal } from './total.ts'

export interface Held {
  doctype: string
  keyField: string
  submit: boolean
  /** The document as it should be in the place of the live one, if any. */
  bodyFor(live: Doc | null): Record<string, unknown>
  total?: string
  /** Whether a submitted one says the same already: all else costs a cancellation. */
  isSame(doc: Doc, body: Record<string, unknown>): boolean
}

/** A state of one attempt: all documents of the key, by generation. */
interface Family {
  live: Doc | null
  last: Doc | null
  count: number
}

/**
 * Makes the site hold the document, once: the key field is unique, a draft is submitted when its total is right, and a
 * submitted one that says something else is amended. Whatever a dead process left behind is found and finished.
 */
export async function hold(api: Api, operation: PushOperation, held: Held): Promise<PushResult> {
  const family = await familyOf(api, operation, held)
  const { live } = family
  const body = held.bodyFor(live)
  if (live?.docstatus === 1 && held.isSame(live, body)) {
    assertTotal(live, held.total)
    return confirmed(live)
  }
  operation.sending()
  if (live?.docstatus === 0)
    return finish(api, held, await updateDoc(api, at(held, live), unlessSaved(live, body)))
  if (live) await updateDoc(api, at(held, live), { docstatus: 2 })
  return finish(api, held, await made(api, operation, { held, family, body }))
}

/** Cancels what is submitted, and takes a draft away. */
export async function cancel(api: Api, operation: PushOperation, held: Held): Promise<PushResult> {
  const { live, last } = await familyOf(api, operation, held)
  if (!last)
    throw new HubError('SOURCE_SKIPPED', {
      detail: `It was cancelled before ERPNext had it (${held.doctype}).`,
    })
  if (!live) return confirmed(last)
  operation.sending()
  if (live.docstatus === 0) await removeDoc(api, held.doctype, live.name)
  else await updateDoc(api, at(held, live), { docstatus: 2 })
  return confirmed(live)
}

const confirmed = ({ name }: Doc): PushResult => ({ externalId: name, status: 200 })

const at = ({ doctype }: Held, { name }: Doc) => ({ doctype, name })

async function familyOf(api: Api, { key }: PushOperation, { doctype, keyField }: Held): Promise<Family> {
  const generations = generationsOf(hubKey(key))
  const rows = await listDocs<Doc>(api, doctype, {
    filters: [[keyField, 'in', generations]],
    fields: ['name', 'docstatus', keyField],
    limit: generations.length,
  })
  const ageOf = (row: Doc): number => generations.indexOf(String(row[keyField]))
  const ordered = rows.toSorted((a, b) => ageOf(a) - ageOf(b))
  const [last = null, alive = null] = [ordered.at(-1), ordered.findLast(({ docstatus }) => docstatus < 2)]
  const count = last ? ageOf(last) + 1 : 0
  return { live: alive && (await readDoc(api, doctype, alive.name)), last, count }
}

/** Only if nobody saved it since it was read. */
const unlessSaved = ({ modified }: Doc, body: Record<string, unknown>) => ({ ...body, modified })

interface Making {
  held: Held
  family: Family
  body: Record<string, unknown>
}

async function made(api: Api, operation: PushOperation, { held, family, body }: Making): Promise<Doc> {
  const { last, count } = family
  const key = generationKey(hubKey(operation.key), count + 1)
  const amended = last ? { amended_from: last.name } : {}
  try {
    return await insertDoc(api, held.doctype, { ...body, ...amended, [held.keyField]: key })
  } catch (thrown) {
    if (!(thrown instanceof HubError && thrown.fingerprint === 'taken')) throw thrown
    const { live } = await familyOf(api, operation, held)
    if (!live) throw thrown
    return live
  }
}

async function finish(api: Api, held: Held, draft: Doc): Promise<PushResult> {
  assertTotal(draft, held.total)
  if (held.submit && draft.docstatus === 0) await updateDoc(api, at(held, draft), { docstatus: 1 })
  return confirmed(draft)
}
