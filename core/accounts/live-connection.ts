import type { ConnectionView } from '../contracts/connector.ts'
import type { ConnectionState, StoredConnection } from '../contracts/store.ts'
import { asHubError } from '../errors/hub-error.ts'
import { openSecrets } from './sealed-secrets.ts'
import type { Vault } from './vault.ts'

/** A connection as the hub works with it: secrets opened, declared and stored parts merged. Never logged, never serialised whole. */
export interface LiveConnection extends ConnectionView {
  readonly state: ConnectionState
  readonly stateReason?: string
  readonly tables: StoredConnection['tables']
  readonly declared: boolean
}

/** Settings and secrets from the configuration; state and tables from the store, where it has any. */
export const fromDeclared = (declared: ConnectionView, stored: StoredConnection | null): LiveConnection =>
  guard({
    ...identity(declared),
    secrets: declared.secrets,
    state: stored?.state ?? 'active',
    stateReason: stored?.stateReason,
    tables: stored?.tables ?? {},
    declared: true,
  })

/** One whose secrets cannot be opened rests like one whose partner refused them: nobody else is hurt. */
export function fromStored(stored: StoredConnection, vault: Vault): LiveConnection {
  const { state, stateReason, tables } = stored
  const shared = { ...identity(stored), tables, declared: false }
  try {
    return guard({ ...shared, state, stateReason, secrets: openSecrets(vault, stored.id, stored.secrets) })
  } catch (error) {
    const why = asHubError(error).message
    if (state === 'paused') return guard({ ...shared, state, stateReason, secrets: {} })
    return guard({ ...shared, state: 'unauthorized', stateReason: why, secrets: {} })
  }
}

const identity = ({ id, tenant, connector, settings }: Omit<ConnectionView, 'secrets'>) => ({
  id,
  tenant,
  connector,
  settings,
})

/** Serialised by mistake, it shows no secret. Nobody changes it: it is shared by all who ask within a second. */
function guard(connection: LiveConnection): LiveConnection {
  const toJSON = () => ({ ...connection, secrets: Object.keys(connection.secrets) })
  return Object.freeze(Object.defineProperty(connection, 'toJSON', { value: toJSON }))
}
