import pRetry from 'p-retry'
import type { HttpResponse } from '../../contracts/connector.ts'
import { HubError } from '../../errors/hub-error.ts'
import { type Clock, sleep } from '../clock.ts'
import { retryAfterMs } from '../retry-after.ts'

const REPEATS = 3
const BASE_MS = 500
const CAP_MS = 8_000

/** A partner that asks for a longer pause than this is answered by the engine, which does not hold a worker while waiting. */
const LONGEST_PAUSE_MS = 20_000

/** An answer that deserves another try; given to the caller when the tries are used up. */
class Unwelcome extends Error {
  readonly response: HttpResponse

  constructor(response: HttpResponse) {
    super(`HTTP ${response.status}`)
    this.response = response
  }
}

export interface Repeating {
  clock: Clock
  random: () => number
  /** Ends a pause; asked for only when there is one. */
  ending: () => AbortSignal | undefined
}

/** Repeats a call that is safe to repeat: on network faults, 429 and 5xx, with full jitter and Retry-After as a lower bound. */
export async function repeat(
  send: () => Promise<HttpResponse>,
  { clock, random, ending }: Repeating,
): Promise<HttpResponse> {
  const attempt = async () => {
    const response = await send()
    if (response.status === 429 || response.status >= 500) throw new Unwelcome(response)
    return response
  }
  const pause = (error: Error, before: number): number =>
    Math.max(random() * Math.min(CAP_MS, BASE_MS * 2 ** before), asked(error, clock.now()))
  try {
    return await pRetry(attempt, {
      retries: REPEATS,
      // The pause is ours, on the injected clock.
      minTimeout: 0,
      async shouldRetry({ error, retriesConsumed }) {
        const ms = pause(error, retriesConsumed)
        if (!deserves(error) || ms > LONGEST_PAUSE_MS) return false
        await pauseFor(clock, ms, ending())
        return true
      },
    })
  } catch (error) {
    if (error instanceof Unwelcome) return error.response
    throw error
  }
}

const deserves = (error: Error): boolean =>
  error instanceof Unwelcome ||
  (error instanceof HubError && (error.code === 'PARTNER_UNREACHABLE' || error.code === 'PARTNER_TIMEOUT'))

const asked = (error: Error, now: number): number =>
  error instanceof Unwelcome ? (retryAfterMs(error.response.headers['retry-after'], now) ?? 0) : 0

async function pauseFor(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(clock, ms, signal)
  } catch {
    throw new HubError('SHUTDOWN')
  }
}
