import type { ConnectionView } from '../contracts/connector.ts'
import type { ConnectionState, StoredConnection } from '../contracts/store.ts'
import { asHubError } from '../errors/hub-error.ts'
import { originOf } from './oauth/token-set.ts'
import { openSecrets } from './sealed-secrets.ts'
import type { Vault } from './vault.ts'

/** A connection as the hub works with it: secrets opened, declared and stored parts merged. Never logged, never serialised whole. */
export interface LiveConnection extends ConnectionView {
  readonly state: ConnectionState
  readonly stateReason?: string
  readonly tables: StoredConnection['tables']
  readonly subscriptions?: StoredConnection['subscriptions']
  readonly declared: boolean
}

/** Settings and secrets from the configuration; state, tables and the tokens got at run time from the store, where it has any. */
export function fromDeclared(
  declared: ConnectionView,
  stored: StoredConnection | null,
  vault: Vault,
): LiveConnection {
  const { state = 'active', stateReason, tables = {}, subscriptions } = stored ?? {}
  const shared = { ...identity(declared), tables, subscriptions, declared: true }
  const { secrets } = declared
  try {
    const kept = stored ? keptTokens(vault, stored, originOf(secrets)) : {}
    return guard({ ...shared, state, stateReason, secrets: { ...secrets, ...kept } })
  } catch (error) {
    return guard({ ...shared, ...resting(state, stateReason, error), secrets })
  }
}

/** What the partner gave for the credentials that are declared now; for others it counts no more. */
export function keptTokens(
  vault: Vault,
  { id, secrets }: StoredConnection,
  origin: string,
): Record<string, string[]> {
  const { tokensOf, ...kept } = openSecrets(vault, id, secrets)
  return tokensOf?.[0] === origin ? kept : {}
}

/** One whose secrets cannot be opened rests like one whose partner refused them: nobody else is hurt. */
export function fromStored(stored: StoredConnection, vault: Vault): LiveConnection {
  const { state, stateReason, tables, subscriptions } = stored
  const shared = { ...identity(stored), tables, subscriptions, declared: false }
  try {
    return guard({ ...shared, state, stateReason, secrets: openSecrets(vault, stored.id, stored.secrets) })
  } catch (error) {
    return guard({ ...shared, ...resting(state, stateReason, error), secrets: {} })
  }
}

/** Paused stays paused. */
const resting = (state: ConnectionState, stateReason: string | undefined, error: unknown) =>
  state === 'paused'
    ? { state, stateReason }
    : { state: 'unauthorized' as const, stateReason: asHubError(error).message }

const identity = ({ id, tenant, connector, settings }: Omit<ConnectionView, 'secrets'>) => ({
  id,
  tenant,
  connector,
  settings,
})

/** The same with these secrets too, where it has none of the name. */
export function withSecrets(connection: LiveConnection, more: ConnectionView['secrets']): LiveConnection {
  const lacking = Object.entries(more).filter(([name]) => !connection.secrets[name]?.length)
  if (lacking.length === 0) return connection
  return guard({ ...connection, secrets: { ...connection.secrets, ...Object.fromEntries(lacking) } })
}

/** Serialised by mistake, it shows no secret. Nobody changes it: it is shared by all who ask within a second. */
function guard(connection: LiveConnection): LiveConnection {
  const toJSON = () => ({ ...connection, secrets: Object.keys(connection.secrets) })
  return Object.freeze(Object.defineProperty(connection, 'toJSON', { value: toJSON }))
}
