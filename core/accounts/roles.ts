import type { Role } from '../contracts/store.ts'

/** What a route or a command asks permission for. */
export type Action = (typeof ACTIONS)[number]

export const ACTIONS = [
  'read',
  'read-payload',
  'replay',
  'edit',
  'discard',
  'operate',
  'connections',
  'mappings',
  'audit',
  'keys',
] as const

/** `operate`: pause, resume and probe a connection. A merchant acts on the own tenant only: its keys always carry one. */
const PERMISSIONS: Record<Role, readonly Action[]> = {
  admin: ACTIONS,
  engineer: [
    'read',
    'read-payload',
    'replay',
    'edit',
    'discard',
    'operate',
    'connections',
    'mappings',
    'audit',
  ],
  operator: ['read', 'read-payload', 'replay', 'edit', 'discard', 'operate', 'mappings'],
  merchant: ['read', 'operate', 'connections'],
  viewer: ['read'],
}

export const ROLES = Object.keys(PERMISSIONS) as readonly Role[]

export const isRole = (text: string): text is Role => Object.hasOwn(PERMISSIONS, text)

export const allows = (role: Role, action: Action): boolean => PERMISSIONS[role].includes(action)

/** Who acts: a key, a session, or the hub's own command line. */
export interface Principal {
  /** Named in the audit. */
  readonly id: string
  readonly role: Role
  /** Present: nothing of other tenants exists for this principal. */
  readonly tenant?: string
  readonly label?: string
}

export const sees = (principal: Principal, record: { tenant: string }): boolean =>
  principal.tenant === undefined || principal.tenant === record.tenant
