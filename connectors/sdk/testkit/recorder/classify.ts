import type { Personal } from './fakes.ts'

const SECRET =
  /secret|password|passwd|api_?key|signature|hmac|authorization|cookie|(?:^|_)token$|_token$|Token$/i

const BY_NAME: readonly (readonly [RegExp, Personal])[] = [
  [/^(?:first|given)_?name$/i, 'given'],
  [/^(?:last|family|sur)_?name$/i, 'family'],
  [
    /^(?:full|recipient|buyer|customer|contact|shipping|billing|cardholder)_?name$|^signed_?by$|^attention$/i,
    'name',
  ],
  [/e_?mail/i, 'email'],
  [/phone|mobile|fax|telephone/i, 'phone'],
  [/^(?:address_?(?:line_?)?[123]|street_?[12]?|address_?lines?)$/i, 'street'],
  [/^(?:city|town|locality)$/i, 'city'],
  [/^(?:zip|zip_?code|postal_?code|postcode|tax_?(?:id|number)|vat_?(?:id|number))$/i, 'code'],
  [
    /^(?:note|notes|customer_?note|gift_?message|message|comment|instructions|delivery_?instructions)$/i,
    'text',
  ],
  [/(?:^|_)ip(?:_address)?$|browser_?ip/i, 'ip'],
]

/** In these, `name` and `company` are somebody's. */
const PERSON =
  /address|customer|recipient|buyer|contact|person|ship_?to|bill_?to|consignee|shopper|destination/i

const EMAIL = /^[^\s"@<>]+@[^\s"@<>]+\.[a-z]{2,}$/i

/** Whether a member holds a secret by its name. */
export const isSecretName = (name: string): boolean => SECRET.test(name)

/** What a text tells of somebody: by its own form, its name and where it stands; null for everything else. */
export function classify(name: string, text: string, parents: readonly string[]): Personal | null {
  if (EMAIL.test(text)) return 'email'
  const found = BY_NAME.find(([pattern]) => pattern.test(name))?.[1]
  if (found) return found
  const ofPerson = parents.some(parent => PERSON.test(parent))
  return ofPerson && /^(?:name|company|company_?name)$/i.test(name) ? 'name' : null
}
