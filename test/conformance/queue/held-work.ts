import type { Handler } from '#core/contracts/queue.ts'

interface Run {
  id: string
  signal: AbortSignal
  finish: () => void
}

/** A handler whose jobs run until the test ends them. */
export class HeldWork {
  /** Ids in the order in which they were started. */
  readonly started: string[] = []
  readonly #runs: Run[] = []
  #open = false

  readonly handler: Handler = (id, signal) => {
    this.started.push(id)
    if (this.#open) return Promise.resolve()
    return new Promise(resolve => {
      this.#runs.push({ id, signal, finish: resolve })
    })
  }

  get running(): string[] {
    return this.#runs.map(run => run.id).toSorted()
  }

  signalOf(id: string): AbortSignal {
    return this.#runs.find(run => run.id === id)!.signal
  }

  finish(id: string): void {
    const index = this.#runs.findIndex(run => run.id === id)
    this.#runs.splice(index, 1)[0]!.finish()
  }

  /** Ends all that runs; what starts from now on ends at once. */
  finishAll(): void {
    this.#open = true
    for (const run of this.#runs.splice(0)) run.finish()
  }
}
