import type { Person } from '../../contracts/connector.ts'
import { everyoneOf, personSubject } from '../../documents/subjects.ts'
import { documentId, documentKey } from '../../kernel/ids.ts'

/** Whom a request is about: one person of a connection, or all that came from it. */
export interface Whom {
  connection: string
  tenant: string
  /** Absent: everybody. */
  person?: Person
}

/** By what their documents are found. */
export function subjectsOfWhom({ connection, person }: Whom): string[] {
  if (!person) return [everyoneOf(connection)]
  const { ids, emails = [], phones = [] } = person
  return [
    ...ids.map(id => personSubject(connection, 'customer', id)),
    ...emails.map(email => personSubject(connection, 'email', email)),
    ...phones.map(phone => personSubject(connection, 'phone', phone)),
  ].filter(subject => subject !== null)
}

/** The orders that the request names, here or not. */
export const ordersOf = ({ connection, tenant, person }: Whom): string[] =>
  (person?.orders ?? []).map(order => documentId('order', documentKey(tenant, connection, order)))

/** Shorter ones stand in any payload by chance. */
const LEAST_LENGTH = 4

/** What tells that a payload speaks of them, as it stands in JSON, forms and CSV. */
export function traceOf({ person }: Whom): (payload: Buffer) => boolean {
  if (!person) return () => true
  const { ids, emails = [], orders = [] } = person
  const words = [...ids, ...emails, ...orders].filter(word => word.length >= LEAST_LENGTH)
  if (words.length === 0) return () => false
  const trace = new RegExp(`(?<![\\p{L}\\d])(?:${words.map(escaped).join('|')})(?![\\p{L}\\d])`, 'iu')
  return payload => trace.test(payload.toString('utf8'))
}

const escaped = (word: string): string => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
