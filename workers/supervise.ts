import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError, HubError } from '#core/errors/hub-error.ts'
import { type Clock, sleep } from '#core/kernel/clock.ts'
import { backOffMs } from './back-off.ts'
import type { Worker } from './worker.ts'
import { type WorkerHealth, WorkerState } from './worker-state.ts'

export interface Supervisor {
  health(): WorkerHealth[]
  /** Tells every worker at once to stop, and waits for all of them. */
  stop(): Promise<void>
}

export interface SuperviseDeps {
  clock: Clock
  random: () => number
  telemetry: Pick<Telemetry, 'log' | 'count'>
  /** A worker met a `halt` error: the process must end. */
  onHalt(error: Error): void
}

/** A worker that ran so long was well: its next crash is a first one again. */
const WELL_MS = 60_000

/** Starts the workers; one that crashes is restarted with growing pauses and is unhealthy until it runs again. */
export function supervise(workers: readonly Worker[], deps: SuperviseDeps): Supervisor {
  const stopping = new AbortController()
  const running = workers.map(worker => {
    const state = new WorkerState(worker, deps)
    return { state, done: keepRunning(worker, { ...deps, state, signal: stopping.signal }) }
  })
  return {
    health: () => running.map(({ state }) => state.health()),
    async stop() {
      stopping.abort()
      await Promise.all(running.map(({ done }) => done))
    },
  }
}

interface Keeping extends SuperviseDeps {
  signal: AbortSignal
  state: WorkerState
}

async function keepRunning(worker: Worker, keeping: Keeping): Promise<void> {
  const { signal, state, clock, random, telemetry, onHalt } = keeping
  for (let crashes = 1; !signal.aborted; crashes++) {
    const startedAt = clock.now()
    state.started()
    const crash = await crashOf(worker, signal, state)
    if (!crash) return
    if (clock.now() - startedAt >= WELL_MS) crashes = 1
    const { code, detail } = crash
    telemetry.log('error', `worker ${worker.name} crashed`, { code, detail, crashes })
    state.crashed(crash)
    if (crash.recovery === 'halt') return onHalt(crash)
    await sleep(clock, backOffMs(crashes, random), signal).catch(() => undefined)
    if (signal.aborted) return
    telemetry.count('worker_restarts_total', { worker: worker.name })
  }
}

/** Null when the worker ended because it was told to: what it then stumbles over is part of stopping. */
async function crashOf(worker: Worker, signal: AbortSignal, state: WorkerState): Promise<HubError | null> {
  try {
    await worker.run(signal, state)
    return signal.aborted ? null : new HubError('UNEXPECTED', { detail: 'It ended without being told to.' })
  } catch (thrown) {
    return signal.aborted ? null : asHubError(thrown)
  }
}
