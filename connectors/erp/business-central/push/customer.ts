import { HubError, type PushOperation } from '../../../sdk/index.ts'
import { type Company, find } from '../api.ts'
import { oneOf } from '../odata.ts'

/** Who bought, as an outgoing mapping makes it: a number, or what a new customer is made of. */
export interface WantedCustomer {
  readonly number?: string
  readonly email?: string
  readonly [member: string]: unknown
}

interface Customer {
  '@odata.etag'?: string
  id: string
  number: string
  blocked?: string
}

/** The number of the customer; one that nobody has under this e-mail address is made, once. */
export async function customerNumber(
  company: Company,
  operation: PushOperation,
  customer: WantedCustomer,
): Promise<string> {
  if (customer.number) return customer.number
  const { email } = customer
  if (!email)
    throw new HubError('MAPPING_MISSING', {
      detail:
        'The order names neither a customer number nor an e-mail address: give the setting customerNumber.',
      fingerprint: 'customer',
    })
  const [known] = await withEmail(company, email)
  return known?.number ?? (await create(company, operation, customer, email))
}

/** The lowest number first: whoever looks at the same time takes the same one. */
async function withEmail(company: Company, email: string): Promise<Customer[]> {
  const spellings = [...new Set([email, email.toLowerCase()])]
  const found = await find<Customer>(company, 'customers', {
    filter: oneOf('email', spellings),
    select: 'id,number,blocked',
  })
  return found
    .filter(({ blocked }) => blocked !== 'All')
    .toSorted((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }))
}

/**
 * Two orders of a new buyer may come at once: both make a customer, both then see both, both keep the lower number, and
 * whose own is not kept takes it away again, unused.
 */
async function create(
  company: Company,
  operation: PushOperation,
  { number: _, ...wanted }: WantedCustomer,
  email: string,
): Promise<string> {
  operation.sending()
  const made = await company.api.call<Customer>({
    method: 'POST',
    path: company.path('customers'),
    body: wanted,
  })
  const [kept] = await withEmail(company, email)
  const { id, number } = made.body
  if (!kept || kept.id === id) return number
  await company.api.call({
    method: 'DELETE',
    path: company.path(`customers(${id})`),
    headers: { 'if-match': made.body['@odata.etag'] ?? '*' },
  })
  return kept.number
}
