import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Base } from '../../compose/base.ts'
import { probeConnection, probeFix } from '../probe.ts'
import { checkCalendar } from './check-calendar.ts'
import type { Check } from './check-hub.ts'

/** States of all connections, and with `probe` the partners' own answers. */
export async function checkConnections(
  base: Base,
  { probe, now }: { probe: boolean; now: number },
): Promise<Check[]> {
  const connections = await base.directory.list()
  const checks = connections.map(one => (probe ? probed(base, one) : stateOf(base, one)))
  return [...(await Promise.all(checks)), ...checkCalendar(base, connections, now)]
}

async function stateOf({ connectors }: Base, connection: LiveConnection): Promise<Check> {
  const name = `connection ${connection.id}`
  const manifest = connectors.get(connection.connector)?.manifest
  if (!manifest)
    return {
      name,
      ok: false,
      detail: `there is no connector “${connection.connector}”`,
      fix: 'Start a version that has it.',
    }
  const ok = connection.state !== 'unauthorized'
  const detail = connection.stateReason ? `${connection.state}: ${connection.stateReason}` : connection.state
  return { name, ok, detail, fix: 'Give it valid secrets: hub connections change --help.' }
}

async function probed(base: Base, connection: LiveConnection): Promise<Check> {
  const name = `connection ${connection.id}`
  if (!base.connectors.get(connection.connector)?.probe) return { name, ok: true, detail: 'cannot be probed' }
  const answer = await probeConnection(base, connection)
  if (answer.ok) return { name, ok: true, detail: answer.detail }
  const { code, message } = answer.error
  return { name, ok: false, detail: `${code}: ${message}`, fix: probeFix(answer.error) }
}
