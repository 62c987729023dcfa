import type { Resource, StoredDocument } from '../contracts/store.ts'
import { PERSONAL_DATA } from './pii.gen.ts'

/** What a document must tell to be found. */
export type Findable = Pick<StoredDocument, 'id' | 'resource' | 'connection' | 'body' | 'dependsOn'> &
  Pick<StoredDocument, 'erased'>

/** In which way a person is named. */
export type Naming = 'customer' | 'email' | 'phone'

/** A document that was stored before there were subjects. */
export const UNINDEXED = 'unindexed'

export const everyoneOf = (connection: string): string => `all ${connection}`

export const erasedBy = (by: string): string => `erased ${by}`

/** A person at a connection; null where the value names nobody. */
export function personSubject(connection: string, naming: Naming, value: unknown): string | null {
  if (typeof value !== 'string') return null
  const plain = PLAIN[naming](value)
  return plain === '' ? null : `${naming} ${connection} ${plain}`
}

const LEAST_DIGITS = 6

const PLAIN: Readonly<Record<Naming, (value: string) => string>> = {
  customer: value => value.trim(),
  email: value => value.trim().toLowerCase(),
  phone(value) {
    const digits = value.replaceAll(/\D/g, '').replace(/^00/, '')
    return digits.length < LEAST_DIGITS ? '' : digits
  },
}

/** Products, stock and settlements are about nobody. */
export const isPersonal = (resource: Resource): boolean => Object.keys(PERSONAL_DATA[resource]).length > 0

/**
 * By what a person's documents are found: who they are about, the documents they depend on (a shipment says nothing of
 * its buyer but the order), the connection. Of an erased one only who asked for it is left.
 */
export function subjectsOf({ resource, connection, body, dependsOn, erased }: Findable): string[] {
  if (erased) return [erasedBy(erased.by)]
  if (!isPersonal(resource)) return []
  const named = namesIn(body).map(([naming, value]) => personSubject(connection, naming, value))
  return [...new Set([everyoneOf(connection), ...dependsOn, ...named.filter(subject => subject !== null)])]
}

/** Where canonical documents name whom they are for; `shipFrom` is the merchant. */
const PLACES = ['customer', 'billingAddress', 'shippingAddress', 'shipTo'] as const

function namesIn(body: Readonly<Record<string, unknown>>): [Naming, unknown][] {
  const places = [body, ...PLACES.map(place => memberOf(body, place))]
  return [
    ['customer', memberOf(body, 'customer')['externalId']],
    ...places.flatMap((place): [Naming, unknown][] => [
      ['email', place['email']],
      ['phone', place['phone']],
    ]),
  ]
}

function memberOf(body: Readonly<Record<string, unknown>>, name: string): Record<string, unknown> {
  const member = body[name]
  return typeof member === 'object' && member !== null ? (member as Record<string, unknown>) : {}
}
