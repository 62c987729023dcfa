import { pageOf, pageRequest } from '../paging.ts'
import type { Handler } from '../route.ts'

/** Manifests: forms and help for a new connection are made from them. */
export const listConnectors: Handler = (call, { connectors }) => {
  const manifests = [...connectors.values()].map(({ manifest, probe }) => ({
    ...manifest,
    probes: probe !== undefined,
  }))
  return pageOf(
    manifests.sort((a, b) => a.id.localeCompare(b.id)),
    pageRequest(call),
  )
}
