import type { Call } from './route.ts'

/** Long work for one caller: when the caller hangs up, the signal aborts and nobody is answered. */
export async function whileHeard<T>(
  { response }: Pick<Call, 'response'>,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    return await work(gone.signal)
  } catch (error) {
    if (gone.signal.aborted) return undefined
    throw error
  }
}
