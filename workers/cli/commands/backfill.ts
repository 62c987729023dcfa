import type { LiveConnection } from '#core/accounts/directory.ts'
import type { Resource } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { formatInstant } from '#core/kernel/instant.ts'
import {
  type BackfillReport,
  type BackfillRequest,
  backfillable,
  backfill as run,
} from '#core/sync/backfill.ts'
import { composeAccept } from '../../compose/accept.ts'
import type { Base } from '../../compose/base.ts'
import { underLease } from '../../poller/held-lease.ts'
import { readInstant } from '../../web/api/times.ts'
import type { Answer, Run } from '../command.ts'
import { CLI } from '../hub-access.ts'
import { plural } from '../text/facts.ts'
import type { World } from '../world.ts'

/** Works beside a running hub, which finds what arrived within a second or two and translates it after everything else. */
export const backfill: Run = async ({ args: [id = ''], options, hub, world }) => {
  const base = await hub.base()
  const request = await requestOf(base, id, { options, world })
  const { resource, since, until } = request
  const range = { resource, since: formatInstant(since), ...(until && { until: formatInstant(until) }) }
  let report: BackfillReport | undefined
  await base.record(CLI, { action: 'backfill.begin', subject: id, detail: range })
  try {
    const held = await underLease(
      { ...base, onLost: warn(world) },
      `backfill:${id}:${resource}`,
      async () => {
        report = await run({ ...base, accept: composeAccept(base), mostPending: mostPending(base) }, request)
        return 0
      },
    )
    if (held === null || !report) throw taken(id, resource)
    return answer(id, range, report)
  } finally {
    world.progress?.('')
    const { received, stored, leftOut, resumed, finished = false } = report ?? {}
    const counts = { received, stored, leftOut, resumed, finished }
    await base.record(CLI, { action: 'backfill.end', subject: id, detail: { ...range, ...counts } })
  }
}

/** Half of what the inbox takes before it sends webhooks away. */
const mostPending = ({ config }: Base): number => Math.floor(config.inbox.highWater / 2)

async function requestOf(
  base: Base,
  id: string,
  { options, world }: { options: Readonly<Record<string, unknown>>; world: World },
): Promise<BackfillRequest> {
  const connection = await activeConnection(base, id)
  const connector = base.connectors.get(connection.connector)
  const since = timeOf('since', options['since'])!
  const until = timeOf('until', options['until'])
  if (since > base.clock.now()) throw refused('`--since` lies in the future.')
  if (until !== undefined && until <= since) throw refused('`--until` has to be later than `--since`.')
  if (!connector) throw refused(`There is no connector “${connection.connector}”.`)
  const target = { connection, connector, resource: options['resource'] as Resource }
  backfillable(target)
  return {
    ...target,
    ...{ since, until, signal: world.interrupted() },
    onProgress: ({ received, stored }) =>
      world.progress?.(`${id}: ${plural(received, 'record')} read, ${stored} new`),
    onWait: pending =>
      world.progress?.(`${id}: waits for a running hub to translate ${plural(pending, 'message')} first`),
  }
}

async function activeConnection({ directory }: Base, id: string): Promise<LiveConnection> {
  const connection = await directory.get(id)
  if (!connection) throw new HubError('NOT_FOUND', { detail: `Connection “${id}”.` })
  if (connection.state === 'active') return connection
  const why = connection.stateReason ? `: ${connection.stateReason}` : ''
  throw new HubError('STATE_CONFLICT', { detail: `Connection “${id}” is ${connection.state}${why}` })
}

/** A date alone is its midnight in UTC. */
function timeOf(name: string, given: unknown): number | undefined {
  if (typeof given !== 'string') return undefined
  return readInstant(/^\d{4}-\d{2}-\d{2}$/.test(given) ? `${given}T00:00:00Z` : given, `--${name}`)
}

function answer(id: string, range: Record<string, string>, report: BackfillReport): Answer {
  const { received, stored, leftOut, resumed, finished } = report
  const lines = [
    `${id}: ${plural(received, 'record')} of ${range['resource']} since ${range['since']} read, ${stored} of them new.`,
    leftOut > 0 ? `${plural(leftOut, 'record')} changed at ${range['until']} or later and stayed out.` : '',
    resumed ? 'It went on where it had been interrupted; the counts are of the whole.' : '',
    finished ? '' : 'Interrupted: the same command goes on here.',
  ]
  return {
    json: { connection: id, ...range, received, new: stored, leftOut, resumed, finished },
    text: lines.filter(Boolean).join('\n'),
    failed: !finished,
  }
}

const refused = (detail: string) => new HubError('INPUT_INVALID', { detail })

const taken = (id: string, resource: string) =>
  new HubError('STATE_CONFLICT', {
    detail: `Another process backfills “${resource}” of “${id}”, or died less than a minute ago.`,
  })

const warn = (world: World) => (thrown: unknown) =>
  world.err(`The lease was not renewed: ${String(thrown)}\n`)
