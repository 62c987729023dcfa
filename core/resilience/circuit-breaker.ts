import {
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  DelegateBackoff,
  handleAll,
} from 'cockatiel'
import { asHubError, HubError } from '../errors/hub-error.ts'
import type { Clock } from '../kernel/clock.ts'

export type CircuitChange = (connection: string, state: 'closed' | 'open' | 'half-open') => void

/** One circuit breaker per connection: a partner that is down is left alone, and looked after by single trials. */
export interface Breakers {
  /** Runs the call, or rejects with `CIRCUIT_OPEN` and the time to wait without running it. */
  run<T>(connection: string, call: () => Promise<T>): Promise<T>
  /** Epoch milliseconds until which calls are refused; null when the next call would run. */
  openUntil(connection: string): number | null
  /** Calls back on every change of a circuit; the returned function stops that. */
  onChange(listener: CircuitChange): () => void
}

export interface BreakerOptions {
  clock: Clock
  /** Outages in a row that open the circuit. */
  failures?: number
  /** First rest; doubles with every failed trial up to `maxOpenMs`. */
  openMs?: number
  maxOpenMs?: number
}

interface Circuit {
  policy: CircuitBreakerPolicy
  openUntil: number
}

type Ended<T> = { value: T } | { error: unknown }

/** How long others wait while a trial is under way. */
const TRIAL_MS = 500

const NAMES: Record<CircuitState, Parameters<CircuitChange>[1]> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
}

/**
 * cockatiel counts failures and lets one trial through; when the trial may start is decided here, on the injected clock
 * (the library reads the system's).
 */
export function createBreakers({
  clock,
  failures = 5,
  openMs = 2_000,
  maxOpenMs = 30_000,
}: BreakerOptions): Breakers {
  const circuits = new Map<string, Circuit>()
  const listeners = new Set<CircuitChange>()

  function circuitOf(connection: string): Circuit {
    const known = circuits.get(connection)
    if (known) return known
    const rest = new DelegateBackoff<{ attempt: number }>(({ attempt }) => {
      circuit.openUntil = clock.now() + Math.min(maxOpenMs, openMs * 2 ** (attempt - 1))
      return 0
    })
    const policy = circuitBreaker(handleAll, {
      halfOpenAfter: rest,
      breaker: new ConsecutiveBreaker(failures),
    })
    const circuit: Circuit = { policy, openUntil: 0 }
    policy.onStateChange(state => {
      for (const listener of listeners) listener(connection, NAMES[state])
    })
    circuits.set(connection, circuit)
    return circuit
  }

  function openUntil(connection: string): number | null {
    const circuit = circuits.get(connection)
    if (!circuit || circuit.policy.state === CircuitState.Closed) return null
    const now = clock.now()
    if (circuit.policy.state === CircuitState.HalfOpen) return now + TRIAL_MS
    return circuit.openUntil > now ? circuit.openUntil : null
  }

  return {
    openUntil,
    async run<T>(connection: string, call: () => Promise<T>): Promise<T> {
      const until = openUntil(connection)
      if (until !== null) throw new HubError('CIRCUIT_OPEN', { retryAfterMs: until - clock.now() })
      const ended = await circuitOf(connection).policy.execute(() => signOfLife(call))
      if ('error' in ended) throw ended.error
      return ended.value
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Rejects only for an outage. Any clear answer, a refusal too, shows that the partner is there. */
async function signOfLife<T>(call: () => Promise<T>): Promise<Ended<T>> {
  try {
    return { value: await call() }
  } catch (error) {
    if (isOutage(asHubError(error))) throw error
    return { error }
  }
}

/** The partner is not there: everything else is a clear answer, a refusal too. */
export function isOutage({ recovery, fault, status = 0 }: HubError): boolean {
  return recovery === 'retry' && fault === 'partner' && !(status >= 400 && status < 500)
}
