import { type Api, HubError, type PushOperation } from '../../../sdk/index.ts'
import { listDocs } from '../api.ts'
import { anonymousKey } from '../hub-key.ts'
import { once } from './once.ts'

/** A customer as the outgoing mapping makes it; `key` is the same for every order of the same buyer. */
export type Buyer = Record<string, unknown> & { key: string; email_id?: string }

/** An address as the outgoing mapping makes it; `country` is an ISO code. */
export type BuyerAddress = Record<string, unknown> & { country?: string }

export interface Sender {
  api: Api
  operation: PushOperation
  keyField: string
}

/** The customer with this e-mail, else the one that the hub made for it: never a second one. */
export async function customerFor(
  { api, operation, keyField }: Sender,
  { key, ...body }: Buyer,
): Promise<string> {
  const { email_id: email } = body
  const [known] = email
    ? await listDocs<{ name: string }>(api, 'Customer', {
        filters: [
          ['email_id', '=', email],
          ['disabled', '=', 0],
        ],
        orderBy: 'creation asc',
        limit: 1,
      })
    : []
  if (known) return known.name
  const { doc } = await once(api, operation, {
    ...{ doctype: 'Customer', keyField, key: anonymousKey('customer', key), body },
  })
  return doc.name
}

/** One address of the customer for every place it ever had sent something to. */
export async function addressFor(
  { api, operation, keyField }: Sender,
  customer: string,
  { country, ...fields }: BuyerAddress,
): Promise<string> {
  const links = [{ link_doctype: 'Customer', link_name: customer }]
  const body = { ...fields, country: country && (await countryNamed(api, country)), links }
  const key = anonymousKey('address', JSON.stringify([customer, country, fields]))
  const { doc } = await once(api, operation, { doctype: 'Address', keyField, key, body })
  return doc.name
}

/** ERPNext knows countries by name. */
async function countryNamed(api: Api, code: string): Promise<string> {
  const filters = [['code', '=', code.toLowerCase()]] as const
  const [country] = await listDocs<{ name: string }>(api, 'Country', { filters, limit: 1 })
  if (country) return country.name
  throw new HubError('PARTNER_REFUSED', {
    detail: `The site has no country with the code ${code}.`,
    fingerprint: 'country',
  })
}
