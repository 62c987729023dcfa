import type { Base } from '../../compose/base.ts'
import { reconcile as reconcileStore } from '../../web/api/reconcile.ts'
import type { Run } from '../command.ts'
import { CLI } from '../hub-access.ts'
import { blocks } from '../text/facts.ts'
import { table } from '../text/table.ts'

/** What the store says; a difference that nothing explains is a failure. */
export const reconcile: Run = async ({ hub, world }) => {
  const base = await hub.base()
  const reconciled = await reconcileStore(base, CLI)
  const unconfigured = await unconfiguredConnections(base)
  const found = { ...reconciled, unconfigured }
  const { landed, documents, confirmed, difference, connections } = found
  const columns = [
    { title: 'CONNECTION', of: (row: Row) => row.connection },
    { title: 'LANDED', of: (row: Row) => row.landed.total, right: true as const },
    { title: 'DOCUMENTS', of: (row: Row) => row.documents, right: true as const },
    { title: 'DELIVERIES', of: (row: Row) => row.deliveries.total, right: true as const },
    { title: 'CONFIRMED', of: (row: Row) => row.deliveries.byState['confirmed'] ?? 0, right: true as const },
    { title: 'LETTERS', of: (row: Row) => row.openDeadLetters, right: true as const },
    { title: 'UNEXPLAINED', of: (row: Row) => row.difference, right: true as const },
    {
      title: 'THE REST',
      of: (row: Row) => row.named.map(({ what, count }) => `${count} ${what}`).join(', '),
    },
  ]
  return {
    json: found,
    text: blocks(
      connections.length === 0 ? 'No connection yet.' : table(connections, columns, world.width),
      unconfigured.length > 0 &&
        `The store also holds records of connections that are not configured here: ${unconfigured.join(', ')}.`,
      `${landed} landed, ${documents} documents, ${confirmed} confirmed; ${difference === 0 ? 'everything is explained' : `${difference} UNEXPLAINED`}.`,
    ),
    failed: difference !== 0,
  }
}

/** Their declaration was taken away, or the command runs without the hub's HUB_CONFIG. */
async function unconfiguredConnections({ store, directory }: Base): Promise<string[]> {
  const [{ rows }, connections] = await Promise.all([store.upkeep.backlog(), directory.list()])
  const known = new Set(connections.map(({ id }) => id))
  const named = rows.filter(row => row.count > 0).map(row => row.connection)
  return [...new Set(named)].filter(id => !known.has(id)).sort()
}

type Row = Awaited<ReturnType<typeof reconcileStore>>['connections'][number]
