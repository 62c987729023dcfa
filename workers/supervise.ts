import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { type Clock, sleep } from '#core/kernel/clock.ts'
import type { Worker } from './worker.ts'

export interface WorkerHealth {
  name: string
  healthy: boolean
  detail: string
}

export interface Supervisor {
  health(): WorkerHealth[]
  /** Stops every worker, last started first, and waits for them. */
  stop(): Promise<void>
}

export interface SuperviseDeps {
  clock: Clock
  telemetry: Telemetry
  /** A worker met a `halt` error: the process must end. */
  onHalt(error: Error): void
}

const FIRST_RESTART_MS = 250
const LONGEST_RESTART_MS = 30_000

/** Starts the workers; one that throws is restarted with growing pauses and is unhealthy until it runs again. */
export function supervise(workers: readonly Worker[], deps: SuperviseDeps): Supervisor {
  const running = workers.map(worker => superviseOne(worker, deps))
  return {
    health: () => running.map(({ health }) => ({ ...health })),
    async stop() {
      for (const one of running.toReversed()) await one.stop()
    },
  }
}

function superviseOne(worker: Worker, deps: SuperviseDeps) {
  const controller = new AbortController()
  const health: WorkerHealth = { name: worker.name, healthy: true, detail: 'running' }
  const done = keepRunning(worker, { ...deps, signal: controller.signal, health })
  return {
    health,
    stop: () => {
      controller.abort()
      return done
    },
  }
}

async function keepRunning(
  worker: Worker,
  deps: SuperviseDeps & { signal: AbortSignal; health: WorkerHealth },
): Promise<void> {
  const { signal, health, clock, telemetry } = deps
  for (let crashes = 0; !signal.aborted; crashes++) {
    try {
      Object.assign(health, { healthy: true, detail: 'running' })
      await worker.run(signal)
      return
    } catch (thrown) {
      if (signal.aborted) return
      const error = asHubError(thrown)
      Object.assign(health, { healthy: false, detail: error.message })
      telemetry.log('error', `worker ${worker.name} crashed`, {
        code: error.code,
        detail: error.detail,
        crashes: crashes + 1,
      })
      if (error.recovery === 'halt') return deps.onHalt(error)
      await sleep(clock, Math.min(FIRST_RESTART_MS * 2 ** crashes, LONGEST_RESTART_MS), signal).catch(
        () => undefined,
      )
    }
  }
}
