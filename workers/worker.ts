/** A supervised loop. `run` resolves when the signal aborts; throwing, or ending before that, is a crash: it is restarted with back-off. */
export interface Worker {
  readonly name: string
  /** Without a sign of life for this long, the worker hangs. Only for those that give one. */
  readonly stallMs?: number
  run(signal: AbortSignal, report: Report): Promise<void>
}

/** What a running worker tells of itself. */
export interface Report {
  /** A sign of life: the work goes on. */
  alive(): void
  /** A turn failed, and the next comes as usual: unhealthy until one succeeds. */
  failed(thrown: unknown): void
  /** A turn succeeded. */
  succeeded(): void
}

/** Resolves when the signal aborts. */
export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve =>
    signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true }),
  )
