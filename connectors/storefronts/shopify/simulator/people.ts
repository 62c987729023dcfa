import type { Place } from './catalogue.ts'
import type { Address, RestCustomer } from './rest-types.ts'

export interface Person {
  id: number
  first: string
  last: string
  place: Place
}

export function addressOf({ id, first, last, place }: Person): Address {
  return {
    first_name: first,
    last_name: last,
    name: `${first} ${last}`,
    company: null,
    address1: `${place.street} ${(id % 90) + 1}`,
    address2: null,
    city: place.city,
    zip: place.zip,
    province: place.province,
    province_code: place.provinceCode,
    country: place.country,
    country_code: place.countryCode,
    phone: place.phone,
    latitude: null,
    longitude: null,
  }
}

export function customerOf(
  person: Person,
  about: { email: string; currency: string; at: string },
): RestCustomer {
  return {
    id: person.id,
    admin_graphql_api_id: `gid://shopify/Customer/${person.id}`,
    email: about.email,
    first_name: person.first,
    last_name: person.last,
    phone: null,
    state: 'disabled',
    note: null,
    verified_email: true,
    tax_exempt: false,
    tax_exemptions: [],
    tags: '',
    currency: about.currency,
    created_at: about.at,
    updated_at: about.at,
    default_address: {
      ...addressOf(person),
      id: person.id + 1,
      customer_id: person.id,
      country_name: person.place.country,
      default: true,
    },
  }
}
