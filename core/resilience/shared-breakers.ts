import { asHubError, HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'
import { type Breakers, type CircuitChange, isOutage } from './circuit-breaker.ts'
import type { Circuits } from './shared-state.ts'

/** Breakers that rest with those of other processes; call `refresh` every second or so. */
export interface SharedBreakers extends Breakers {
  /** Reads which circuits of the others are not closed. */
  refresh(): Promise<void>
}

export interface SharedBreakersOptions {
  /** Of this process: they judge what is an outage. */
  breakers: Breakers
  circuits: Circuits
  clock: Clock
  /** Told what could not be said to the others. */
  onError(thrown: unknown): void
}

/** As long as a call to a partner that does not answer may take. */
const TRIAL_MS = 15_000

/** Another process's circuit, seen open here without knowing how often it failed. */
const FAILED_TRIAL_MS = 5_000

/** How long a caller who lost the trial waits for its outcome. */
const OUTCOME_MS = 500

/**
 * A circuit that opens in one process opens in all within the time of a `refresh`; after the rest one process makes the
 * trial, and its outcome is everybody's.
 */
export function createSharedBreakers({
  breakers,
  circuits,
  clock,
  onError,
}: SharedBreakersOptions): SharedBreakers {
  /** Until when the circuits rest that some process opened. */
  let seen = new Map<string, number>()
  const listeners = new Set<CircuitChange>()
  const tell = (told: Promise<void>): void => void told.catch(onError)

  function rest(connection: string, until: number): void {
    seen.set(connection, until)
    tell(circuits.open(connection, until - clock.now()))
  }

  function close(connection: string): void {
    if (seen.delete(connection)) tell(circuits.close(connection))
  }

  breakers.onChange((connection, state) => {
    if (state === 'open') rest(connection, breakers.openUntil(connection) ?? clock.now())
    if (state === 'closed') close(connection)
    for (const listener of listeners) listener(connection, state)
  })

  function openUntil(connection: string): number | null {
    const until = Math.max(breakers.openUntil(connection) ?? 0, seen.get(connection) ?? 0)
    return until > clock.now() ? until : null
  }

  const refuse = (waitMs: number) => new HubError('CIRCUIT_OPEN', { retryAfterMs: waitMs })

  /** The first call after a rest that the others know of. */
  async function tryOut<T>(connection: string, call: () => Promise<T>): Promise<T> {
    if (!(await circuits.trial(connection, TRIAL_MS))) {
      seen.set(connection, clock.now() + OUTCOME_MS)
      throw refuse(OUTCOME_MS)
    }
    try {
      const value = await breakers.run(connection, call)
      close(connection)
      return value
    } catch (error) {
      if (!isOutage(asHubError(error))) close(connection)
      else if (breakers.openUntil(connection) === null) rest(connection, clock.now() + FAILED_TRIAL_MS)
      throw error
    }
  }

  return {
    openUntil,
    async run(connection, call) {
      const until = openUntil(connection)
      if (until !== null) throw refuse(until - clock.now())
      return seen.has(connection) ? tryOut(connection, call) : breakers.run(connection, call)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async refresh() {
      const now = clock.now()
      seen = new Map([...(await circuits.list())].map(([connection, restMs]) => [connection, now + restMs]))
    },
  }
}
