import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { SubscriptionsState } from '#core/contracts/store.ts'

/** What the hub keeps beside the tokens for itself. */
const KEPT = new Set(['accessTokenEndsAt', 'tokensOf'])

/** Of the secrets only which ones are set. */
export function connectionView(connection: LiveConnection, connectors: ReadonlyMap<string, Connector>) {
  const { id, tenant, connector, settings, secrets, state, stateReason, tables, declared } = connection
  const manifest = connectors.get(connector)?.manifest
  const names = new Set(
    [...Object.keys(manifest?.secrets ?? {}), ...Object.keys(secrets)].filter(name => !KEPT.has(name)),
  )
  return {
    ...{ id, tenant, connector, name: manifest?.name ?? connector, kind: manifest?.kind ?? null },
    ...{ state, stateReason, declared, settings, tables },
    secrets: Object.fromEntries([...names].map(name => [name, { set: (secrets[name]?.length ?? 0) > 0 }])),
    api: manifest?.api ?? null,
    ...(connection.subscriptions ? { subscriptions: subscriptionsView(connection.subscriptions) } : {}),
  }
}

const subscriptionsView = ({ basis: _, ...seen }: SubscriptionsState) => seen
