import type { Queue } from '#core/contracts/queue.ts'
import type { Store } from '#core/contracts/store.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { type Clock, systemClock } from '#core/kernel/clock.ts'
import type { WorkerHealth } from '../../worker-state.ts'

export interface Check {
  name: string
  ok: boolean
  /** It does not work as it should, but what this process is for goes on. */
  degraded?: true
  detail: string
  /** Of workers: how often they were started again, and since when (epoch milliseconds) they have been as they are. */
  restarts?: number
  since?: number
}

export interface ReadinessSources {
  store: { upkeep: Pick<Store['upkeep'], 'ping'> }
  queue?: Pick<Queue, 'ping'>
  /** Nothing here can be done without the queue: true of processes that only handle its jobs. */
  needsQueue?: boolean
  /** The process was told to stop. */
  draining?: () => boolean
  workers?: () => readonly WorkerHealth[]
  clock?: Clock
}

export interface Readiness {
  ready: boolean
  checks: Check[]
}

/** A store that takes longer than this to say hello cannot keep the promise of a 2xx. */
const PING_MS = 2_000

/**
 * Ready: the store answers, every worker runs, and nobody told the process to stop. A queue that is away degrades what
 * goes on without it (receiving, polling, maintenance), and stops a process whose work only the queue hands out.
 */
export async function readiness({
  store,
  queue,
  needsQueue = false,
  draining = () => false,
  workers = () => [],
  clock = systemClock,
}: ReadinessSources): Promise<Readiness> {
  const [stored, queued] = await Promise.all([
    pinged('store', () => store.upkeep.ping(), clock),
    queue ? pinged('queue', () => queue.ping(), clock) : null,
  ])
  const checks = [stored, ...queueCheck(queued, needsQueue), ...workers().map(workerCheck)]
  if (draining()) checks.unshift({ name: 'draining', ok: false, detail: 'The process is stopping.' })
  return { ready: checks.every(check => check.ok), checks }
}

function queueCheck(check: Check | null, needed: boolean): Check[] {
  if (!check) return []
  return check.ok || needed ? [check] : [{ ...check, ok: true, degraded: true }]
}

const workerCheck = ({ name, healthy, ...told }: WorkerHealth): Check => ({
  name: `worker ${name}`,
  ok: healthy,
  ...told,
})

async function pinged(name: string, ping: () => Promise<void>, clock: Clock): Promise<Check> {
  let cancel = (): void => undefined
  const late = new Promise<Check>(resolve => {
    cancel = clock.timer(PING_MS, () => resolve({ name, ok: false, detail: `No answer in ${PING_MS} ms.` }))
  })
  const answer = ping().then(
    () => ({ name, ok: true, detail: 'answers' }),
    // The code only: this answer is public, and a driver's message may name hosts and users.
    thrown => ({ name, ok: false, detail: asHubError(thrown).publicMessage }),
  )
  return Promise.race([answer, late]).finally(() => cancel())
}
