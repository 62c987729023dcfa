import type { Manifest } from '#core/contracts/connector.ts'
import { suggest } from './nearest.ts'
import type { Problems } from './problems.ts'
import type { HubConfig } from './schema.ts'

type Apps = HubConfig['apps']

/** An app belongs to a connector that is connected by agreement: for any other it is a typing mistake. */
export function checkApps(apps: Apps, manifests: ReadonlyMap<string, Manifest>, problems: Problems): Apps {
  const known = [...manifests.values()].filter(takesApp).map(({ id }) => id)
  for (const connector of Object.keys(apps ?? {})) {
    if (!known.includes(connector))
      problems.invalid(['apps', connector], 'is no connector that has apps', suggest(connector, known))
  }
  return apps ?? {}
}

const takesApp = ({ auth, secrets }: Manifest): boolean =>
  auth?.kind === 'oauth2' || Object.values(secrets).some(({ app }) => app !== undefined)
