import type { LiveConnection } from '#core/accounts/directory.ts'
import { asHubError, HubError } from '#core/errors/hub-error.ts'
import type { Base } from '../compose/base.ts'

export type Probed = { ok: true; detail: string } | { ok: false; error: HubError }

/** The engine goes on by itself after these; who probes wants to know what to look at. */
export const probeFix = ({ recovery, row }: HubError): string =>
  recovery === 'retry'
    ? 'Check the address, and that the partner runs and can be reached from here.'
    : row.fix

/** Asks the partner whether settings and secrets work; a no is an answer, not a throw. */
export async function probeConnection(base: Base, connection: LiveConnection): Promise<Probed> {
  const connector = base.connectors.get(connection.connector)
  if (!connector?.probe) {
    const detail = `${connection.connector} cannot be probed.`
    return { ok: false, error: new HubError('STATE_CONFLICT', { detail }) }
  }
  const { signal } = new AbortController()
  try {
    return await connector.probe(base.contextFor(connection, signal))
  } catch (thrown) {
    return { ok: false, error: asHubError(thrown) }
  }
}
