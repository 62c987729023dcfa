import { HubError } from '../../errors/hub-error.ts'
import { asStoreError } from './errors.ts'
import { within } from './within.ts'

/** Several statements, each of them bounded. */
const LONGEST_MS = 120_000

/** The operations under way: closing waits for them, and what the driver throws leaves as an error of the hub. */
export class Operations {
  readonly #running = new Set<Promise<unknown>>()
  #closed = false

  /** The same repository, each operation of it watched. */
  guarded<Repository extends { [Name in keyof Repository]: (...given: never[]) => Promise<unknown> }>(
    repository: Repository,
  ): Repository {
    const entries = Object.entries<(...given: never[]) => Promise<unknown>>(repository)
    const watched = entries.map(([name, operation]) => [
      name,
      (...given: never[]) => this.#watch(() => operation(...given)),
    ])
    return Object.fromEntries(watched) as Repository
  }

  /** Takes no more; resolves when what was asked for has ended, well or not. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#running)
  }

  async #watch<T>(operation: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new HubError('SHUTDOWN', { detail: 'The store is closed.' })
    const running = within(LONGEST_MS, operation())
    this.#running.add(running)
    try {
      return await running
    } catch (thrown) {
      throw asStoreError(thrown)
    } finally {
      this.#running.delete(running)
    }
  }
}
