import type { Resource } from '../contracts/store.ts'
import { maskDocument } from '../documents/pii.ts'

/**
 * What a role without `read-payload` sees: the structure, and values that say nothing about a person. With a resource
 * the value is a canonical document, whose schema knows its personal fields; without, it is a partner's payload.
 */
export type Mask = (value: unknown, resource?: Resource) => unknown

const HIDDEN = '•••'

export const maskPersonal: Mask = (value, resource) =>
  resource ? maskDocument(resource, value) : maskUnknown(value, '')

/**
 * Fields of partners that never carry personal data, compared without case and separators. An allowlist: a field that
 * nobody thought of stays hidden.
 */
const OPEN = new RegExp(
  '^(' +
    '.*id|gid|sku|barcode|gtin|upc|ean|.*quantity|qty|.*price|.*amount|.*total|subtotal|.*tax|taxes|rate|.*currency|' +
    'currencycode|.*currencycode|.*status|state|type|kind|resource|schema|version|revision|unit|units|weight|date|' +
    'instant|offset|carrier|service|method|available|onhand|reserved|incoming|intransit|damaged|returned|qualityhold|' +
    'sourcename|channel' +
    ')$',
)

/** Ends like an open field and is about a person all the same. */
const CLOSED = /(email|phone|tax|vat|national|passport|customer|user|device|browser|ip|client)id$/

/** `created_at`, `updatedAt`: only with the separator, because `vat` and `lat` end the same. */
const TIME = /(_at|[a-z]At)$/

function maskUnknown(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map(item => maskUnknown(item, key))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, maskUnknown(member, name)]),
    )
  return value === null || typeof value === 'boolean' || isOpen(key) ? value : HIDDEN
}

function isOpen(key: string): boolean {
  const name = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return (OPEN.test(name) || TIME.test(key)) && !CLOSED.test(name)
}

/** A sentence of a partner without e-mail addresses and telephone numbers. */
export const maskText = (text: string): string =>
  text
    .replaceAll(/[^\s@“”"'<>]+@[^\s@“”"'<>]+\.[a-z]{2,}/gi, HIDDEN)
    .replaceAll(/\+\d[\d ()/-]{7,}\d/g, HIDDEN)
