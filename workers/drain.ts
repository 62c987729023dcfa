import { HubError } from '#core/errors/hub-error.ts'
import { type Clock, sleep } from '#core/kernel/clock.ts'
import type { Supervisor } from './supervise.ts'

export interface DrainParts {
  /** Everything that takes and does work. */
  work: Pick<Supervisor, 'stop'>
  /** What answers requests. */
  doors: Pick<Supervisor, 'stop'>
  /** Only machines ask here: it tells them how the process is until nothing runs any more. */
  closesLast: boolean
  /** Ends requests that are still answered. */
  hangUp(): void
  /** Writes down what is still only in memory. */
  flush(): Promise<void>
  base: {
    config: { engine: { drainMs: number } }
    clock: Clock
    /** Breaks off the calls to partners: their work is handed back. */
    giveUp(): void
    close(): Promise<void>
  }
}

export interface Drain {
  begun(): boolean
  begin(): void
  stop(): Promise<void>
}

/** What is handed back is a few writes away from its end; a store that does not answer by then is left to its leases. */
const HAND_BACK_MS = 1_000

/** The way out: nothing new, then what runs, then its calls broken off, then the drivers. */
export function createDrain({ work, doors, closesLast, hangUp, flush, base }: DrainParts): Drain {
  const { clock, config } = base
  let working: Promise<void> | undefined
  let stopped: Promise<void> | undefined

  function begin(): Promise<void> {
    working ??= work.stop()
    return working
  }

  async function shutDown(): Promise<void> {
    const worked = begin()
    const closing = closesLast ? worked.then(() => doors.stop()) : doors.stop()
    const ended = Promise.all([worked, closing])
    if (!(await within(clock, config.engine.drainMs, ended))) {
      base.giveUp()
      hangUp()
    }
    const done = await within(clock, HAND_BACK_MS, ended)
    const closed = flush().finally(() => base.close())
    if ((await within(clock, HAND_BACK_MS, closed)) && done) return
    throw new HubError('SHUTDOWN', { detail: 'Some work did not end: its leases give it back.' })
  }

  return {
    begun: () => working !== undefined,
    begin: () => void begin(),
    stop: () => (stopped ??= shutDown()),
  }
}

/** Whether it ended in time; what it threw is thrown. */
async function within(clock: Clock, ms: number, what: Promise<unknown>): Promise<boolean> {
  const timer = new AbortController()
  const late = sleep(clock, ms, timer.signal).then(
    () => false,
    () => false,
  )
  const inTime = what.then(() => true)
  return Promise.race([inTime, late]).finally(() => timer.abort())
}
