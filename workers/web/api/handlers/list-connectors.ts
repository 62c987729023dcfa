import type { Manifest } from '#core/contracts/connector.ts'
import { pageOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'

/** Whether a merchant can connect a store by agreeing at the partner; `no-app`: once an administrator gives the app. */
function connects({ id, auth }: Manifest, apps: readonly string[]): 'yes' | 'no-app' | 'no' {
  if (auth?.kind === 'key-handoff') return 'yes'
  if (auth?.kind !== 'oauth2' || auth.grant !== 'authorization-code') return 'no'
  return apps.includes(id) ? 'yes' : 'no-app'
}

/** Manifests: forms and help for a new connection are made from them. */
export const listConnectors: Handler = (call, { connectors, config }) => {
  const manifests = [...connectors.values()].map(({ manifest, probe }) => ({
    ...manifest,
    probes: probe !== undefined,
    connects: connects(manifest, config.apps),
  }))
  return pageOf(
    manifests.sort((a, b) => a.id.localeCompare(b.id)),
    pageRequest(call),
  )
}
