import type { Directory, LiveConnection } from '#core/accounts/directory.ts'
import type { Connector, Feed } from '#core/contracts/connector.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError, type HubError } from '#core/errors/hub-error.ts'
import { manifestFor } from '#core/kernel/manifest-for.ts'
import { type PollDeps, type PollTarget, pollOnce } from '#core/sync/poll.ts'
import { every } from '../every.ts'
import type { Worker } from '../worker.ts'
import { underLease } from './held-lease.ts'

export interface PollerDeps extends PollDeps {
  directory: Directory
  connectors: ReadonlyMap<string, Connector>
  telemetry: Telemetry
  unauthorize(connection: string, error: HubError): Promise<void>
  owner: string
  random: () => number
}

/** How often the poller looks whether a poll is due. */
const TICK_MS = 1_000
const FAILED_AGAIN_MS = 30_000
/** How often it is looked whether the process that polls is still there. */
const TAKE_OVER_MS = 30_000

/**
 * Polls every resource that an active connection's connector declares, each under a lease that is held until the next
 * poll is due: any number of poller processes read a cursor one at a time and ask the partner no more often than one
 * would. One connection that fails or hangs holds up no other.
 */
export function pollerWorker(deps: PollerDeps): Worker {
  const dueAt = new Map<string, number>()
  const running = new Map<string, Promise<void>>()

  async function pollTarget(name: string, target: PollTarget, signal: AbortSignal): Promise<void> {
    try {
      dueAt.set(name, (await pollUnderLease(deps, name, target, signal)) + deps.clock.now())
    } catch (thrown) {
      warn(deps, target, asHubError(thrown))
    }
  }

  function startIfDue(target: PollTarget, signal: AbortSignal): void {
    const name = `poll:${target.connection.id}:${target.resource}`
    if (running.has(name) || (dueAt.get(name) ?? 0) > deps.clock.now()) return
    running.set(
      name,
      pollTarget(name, target, signal).finally(() => running.delete(name)),
    )
  }

  const loop = every({
    ...{ name: 'poller', everyMs: TICK_MS, clock: deps.clock, random: deps.random },
    async run(signal) {
      for (const target of pollTargets(await deps.directory.list(), deps.connectors))
        startIfDue(target, signal)
    },
  })
  return {
    ...loop,
    async run(signal, report) {
      // A poll ends with its page: what it has read is in the inbox before the store closes.
      await loop.run(signal, report).finally(() => Promise.all(running.values()))
    },
  }
}

function pollTargets(
  connections: Awaited<ReturnType<Directory['list']>>,
  connectors: ReadonlyMap<string, Connector>,
): PollTarget[] {
  return connections.flatMap(connection => {
    const connector = connectors.get(connection.connector)
    if (!connector?.poll || connection.state !== 'active') return []
    return Object.entries(manifestFor(connector.manifest, connection).polls ?? {})
      .filter(([, { needs }]) => !needs || has(connection, needs))
      .map(([resource]) => ({ connection, connector, resource: resource as Feed }))
  })
}

const has = ({ secrets, settings }: LiveConnection, name: string): boolean =>
  Boolean(secrets[name]?.length) || (settings[name] ?? '') !== ''

/** Returns the pause until the next look, in milliseconds. */
async function pollUnderLease(
  deps: PollerDeps,
  name: string,
  target: PollTarget,
  signal: AbortSignal,
): Promise<number> {
  const onLost = (thrown: unknown): void => warn(deps, target, asHubError(thrown))
  const pauseMs = await underLease({ ...deps, onLost }, name, async () => {
    const ended = await poll(deps, target, signal)
    // Whoever takes over may begin where this process stopped.
    return signal.aborted ? 0 : ended
  })
  return pauseMs ?? Math.min(pollSeconds(target) * 1_000, TAKE_OVER_MS)
}

/** Returns the pause until the next poll. */
async function poll(deps: PollerDeps, target: PollTarget, signal: AbortSignal): Promise<number> {
  const pauseMs = pollSeconds(target) * 1_000
  try {
    await pollOnce(deps, target, signal)
    return pauseMs
  } catch (thrown) {
    const error = asHubError(thrown)
    if (signal.aborted) return pauseMs
    warn(deps, target, error)
    if (error.recovery === 'reauthorize') await deps.unauthorize(target.connection.id, error)
    const restMs = error.retryAfterMs ?? FAILED_AGAIN_MS
    // A poll that ran out of budget goes on where it stands as soon as it may, not at its next turn.
    return error.recovery === 'wait' ? restMs : Math.max(pauseMs, restMs)
  }
}

function pollSeconds({ connection, connector, resource }: PollTarget): number {
  const { pollSeconds: setting } = connection.settings
  const { polls } = manifestFor(connector.manifest, connection)
  return typeof setting === 'number' ? setting : (polls?.[resource]?.everySeconds ?? 300)
}

const warn = ({ telemetry }: PollerDeps, { connection, resource }: PollTarget, error: HubError): void =>
  telemetry.log('warn', 'poll failed', {
    connection: connection.id,
    resource,
    code: error.code,
    detail: error.detail,
  })
