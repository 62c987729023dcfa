import { HubError } from '../../errors/hub-error.ts'

/**
 * Longer than a server that works ever takes. mongodb 7.8 may wait without end where a server dies while it is written
 * to, and its own `timeoutMS` does nothing: whoever waits gets an error instead, and nobody knows whether a write happened.
 */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new HubError('STORE_UNAVAILABLE', { detail: `No answer in ${ms / 1_000} s.` })),
    ms,
  )
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
