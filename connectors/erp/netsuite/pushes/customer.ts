import { type Api, type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { quoted, suiteql } from '../api.ts'
import { externalIdOf } from '../external-id.ts'
import { upsert } from './upsert.ts'

/** A buyer as the outgoing mapping makes it; `key` is the same for every order of the same buyer. */
export type WantedCustomer = Record<string, unknown> & { key: string; email?: string }

/** Internal id of the active customer with this e-mail; null: there is none, or no e-mail. Reads only. */
export async function findCustomer(api: Api, { email }: WantedCustomer): Promise<string | null> {
  if (!email) return null
  const { items } = await suiteql<{ id: string }>(
    api,
    `SELECT id FROM customer WHERE LOWER(email) = ${quoted(email.toLowerCase())} AND isinactive = 'F' ORDER BY id`,
    { limit: 1 },
  )
  return items[0] ? String(items[0].id) : null
}

/** Makes the customer, once however many of its orders come at the same time. */
export async function makeCustomer(
  api: Api,
  context: ConnectorContext,
  { key, ...fields }: WantedCustomer,
): Promise<string> {
  const path = `customer/eid:${externalIdOf(`customer:${key}`)}`
  const { id } = await upsert(api, context, { method: 'PUT', path, body: fields })
  if (id !== null) return id
  throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer names no customer.' })
}
