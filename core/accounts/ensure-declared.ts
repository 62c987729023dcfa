import type { ConnectionView } from '../contracts/connector.ts'
import type { Connections, StoredConnection } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { canonicalJson } from '../kernel/canonical-json.ts'

interface Ensure {
  connections: Connections
  declared: readonly ConnectionView[]
  now: number
}

/**
 * Creates or updates the row that keeps state and tables of each declared connection. One that was unauthorized becomes
 * active, because its secrets may have been corrected in the configuration (the partner's next refusal stops it again); its
 * id is returned, so that the caller wakes what was held. Paused stays paused.
 */
export async function ensureDeclared({ connections, declared, now }: Ensure): Promise<string[]> {
  const freed: string[] = []
  for (const configured of declared) {
    const stored = await connections.get(configured.id)
    if (stored && !stored.declared)
      throw new HubError('CONFIG_INVALID', {
        detail: `Connection “${configured.id}” is declared, and was also made by hand: remove one of the two.`,
      })
    const row = rowOf(configured, stored, now)
    if (!stored || canonicalJson({ ...row, updatedAt: 0 }) !== canonicalJson({ ...stored, updatedAt: 0 }))
      await connections.put(row)
    if (stored?.state === 'unauthorized') freed.push(configured.id)
  }
  return freed
}

function rowOf(configured: ConnectionView, stored: StoredConnection | null, now: number): StoredConnection {
  const { id, tenant, connector, settings } = configured
  const rested = stored?.state === 'paused'
  return {
    ...{ id, tenant, connector, settings },
    // Its secrets live in the configuration; here are the tokens that the partner gave for them.
    secrets: stored?.secrets ?? {},
    tables: stored?.tables ?? {},
    ...(stored?.fence === undefined ? {} : { fence: stored.fence }),
    ...(stored?.subscriptions === undefined ? {} : { subscriptions: stored.subscriptions }),
    state: rested ? 'paused' : 'active',
    stateReason: rested ? stored.stateReason : undefined,
    declared: true,
    updatedAt: now,
  }
}
