import type { Directory } from '#core/accounts/directory.ts'
import type { Connector } from '#core/contracts/connector.ts'
import type { Resource } from '#core/contracts/store.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError, type HubError } from '#core/errors/hub-error.ts'
import { type PollDeps, type PollTarget, pollOnce } from '#core/sync/poll.ts'
import { every } from '../every.ts'
import type { Worker } from '../worker.ts'

export interface PollerDeps extends PollDeps {
  directory: Directory
  connectors: ReadonlyMap<string, Connector>
  telemetry: Telemetry
  unauthorize(connection: string, error: HubError): Promise<void>
  owner: string
}

/** How often the poller looks whether a poll is due. */
const TICK_MS = 1_000
const LEASE_MS = 10 * 60_000
const FAILED_AGAIN_MS = 30_000

/**
 * Polls every resource that an active connection's connector declares, each under a lease, so that any number of
 * poller processes read a cursor one at a time. One connection that fails or hangs holds up no other.
 */
export function pollerWorker(deps: PollerDeps): Worker {
  const dueAt = new Map<string, number>()
  const running = new Set<string>()

  async function pollTarget(target: PollTarget, signal: AbortSignal): Promise<void> {
    const name = `poll:${target.connection.id}:${target.resource}`
    if (running.has(name) || (dueAt.get(name) ?? 0) > deps.clock.now()) return
    running.add(name)
    try {
      dueAt.set(name, (await pollUnderLease(deps, name, target, signal)) + deps.clock.now())
    } finally {
      running.delete(name)
    }
  }

  return every({
    name: 'poller',
    everyMs: TICK_MS,
    clock: deps.clock,
    async run(signal) {
      const targets = pollTargets(await deps.directory.list(), deps.connectors)
      for (const target of targets)
        void pollTarget(target, signal).catch(thrown => warn(deps, target, asHubError(thrown)))
    },
  })
}

function pollTargets(
  connections: Awaited<ReturnType<Directory['list']>>,
  connectors: ReadonlyMap<string, Connector>,
): PollTarget[] {
  return connections.flatMap(connection => {
    const connector = connectors.get(connection.connector)
    if (!connector?.poll || connection.state !== 'active') return []
    return Object.entries(connector.manifest.polls ?? {})
      .filter(([, poll]) => !poll.needs || connection.secrets[poll.needs]?.length)
      .map(([resource]) => ({ connection, connector, resource: resource as Resource }))
  })
}

/** Returns the pause until the next poll, in milliseconds. */
async function pollUnderLease(
  deps: PollerDeps,
  name: string,
  target: PollTarget,
  signal: AbortSignal,
): Promise<number> {
  const { connection, connector, resource } = target
  const now = deps.clock.now()
  const lease = await deps.store.leases.acquire(name, deps.owner, now, now + LEASE_MS)
  const pauseMs = pollSeconds(target) * 1_000
  if (!lease) return pauseMs
  try {
    await pollOnce(deps, { connection, connector, resource }, signal)
    return pauseMs
  } catch (thrown) {
    const error = asHubError(thrown)
    if (signal.aborted) return pauseMs
    warn(deps, target, error)
    if (error.recovery === 'reauthorize') await deps.unauthorize(connection.id, error)
    const restMs = error.retryAfterMs ?? FAILED_AGAIN_MS
    // A poll that ran out of budget goes on where it stands as soon as it may, not at its next turn.
    return error.recovery === 'wait' ? restMs : Math.max(pauseMs, restMs)
  } finally {
    await deps.store.leases.release(name, deps.owner)
  }
}

function pollSeconds({ connection, connector, resource }: PollTarget): number {
  const { pollSeconds: setting } = connection.settings
  return typeof setting === 'number' ? setting : (connector.manifest.polls?.[resource]?.everySeconds ?? 300)
}

const warn = ({ telemetry }: PollerDeps, { connection, resource }: PollTarget, error: HubError): void =>
  telemetry.log('warn', 'poll failed', {
    connection: connection.id,
    resource,
    code: error.code,
    detail: error.detail,
  })
