import { createHash } from 'node:crypto'

/** Prefix of every external id that the hub gives; no Odoo module may be called so. */
export const MODULE = 'crossdock'

/** 32 hex digits of SHA-256: keys hold what external ids must not (dots, blanks), and may be long. */
export const digestOf = (...parts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

/** Names in `ir.model.data`, without the module. Race-free: PostgreSQL keeps module and name unique. */
export const externalNames = {
  order: (key: string): string => `order_${digestOf(key)}`,
  line: (key: string, line: string): string => `order_${digestOf(key)}_line_${digestOf(line)}`,
  partner: (...identity: readonly string[]): string => `partner_${digestOf(...identity)}`,
  contact: (partner: number, content: string): string => `contact_${digestOf(partner, content)}`,
}

export const qualified = (name: string): string => `${MODULE}.${name}`
