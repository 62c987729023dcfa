/** A supervised loop. `run` resolves when the signal aborts; throwing is a crash and is restarted with back-off. */
export interface Worker {
  readonly name: string
  run(signal: AbortSignal): Promise<void>
}

/** Resolves when the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  )
