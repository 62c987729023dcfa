import { setTimeout as pause } from 'node:timers/promises'
import { HubError } from '../../errors/hub-error.ts'
import { type Database, isBusy } from './database.ts'

/** Runs the operation in a transaction; resolves with its value once that is on disk. */
export type Write = <T>(operation: () => T) => Promise<T>

interface Pending {
  operation: () => unknown
  resolve: (value: never) => void
  reject: (error: unknown) => void
}

type Settled = { value: unknown } | { error: unknown }

export interface GroupCommitOptions {
  /** Called in the transaction before its COMMIT, once for all operations of it. */
  beforeCommit: () => void
  /** Whatever the operations of the transaction left in memory is void. */
  afterRollback: () => void
}

/** Bounds how long one turn of the event loop may take. */
const BATCH = 256
const BUSY_PAUSE_MS = 10
const BUSY_TRIES = 200

/**
 * All writes asked for in one turn of the event loop share one transaction and its one fsync, so the disk's latency is
 * paid once for all of them. An operation that throws takes back only itself.
 */
export class GroupCommit {
  readonly #database: Database
  readonly #options: GroupCommitOptions
  readonly #queue: Pending[] = []
  #running = false
  #closed = false
  /** Transactions so far. */
  commits = 0

  constructor(database: Database, options: GroupCommitOptions) {
    this.#database = database
    this.#options = options
  }

  readonly write: Write = operation =>
    new Promise((resolve, reject) => {
      if (this.#closed) return reject(new HubError('SHUTDOWN', { detail: 'The store is closed.' }))
      this.#queue.push({ operation, resolve, reject })
      this.#wake()
    })

  /** Takes no more writes; resolves when those asked for are on disk. */
  async close(): Promise<void> {
    if (this.#closed) return
    const last = this.write(() => undefined)
    this.#closed = true
    await last
  }

  #wake(): void {
    if (this.#running) return
    this.#running = true
    setImmediate(() => void this.#next())
  }

  async #next(): Promise<void> {
    await this.#flush(this.#queue.splice(0, BATCH))
    this.#running = false
    if (this.#queue.length > 0) this.#wake()
  }

  async #flush(batch: readonly Pending[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return deliver(batch, this.#commit(batch))
      } catch (error) {
        if (!isBusy(error) || tries === BUSY_TRIES)
          return deliver(
            batch,
            batch.map(() => ({ error })),
          )
      }
      await pause(BUSY_PAUSE_MS)
    }
  }

  #commit(batch: readonly Pending[]): Settled[] {
    try {
      return this.#transaction(() => batch.map(({ operation }) => ({ value: operation() })))
    } catch (error) {
      if (isBusy(error) || batch.length === 1) throw error
      return this.#transaction(() => batch.map(({ operation }) => this.#guarded(operation)))
    }
  }

  #transaction(run: () => Settled[]): Settled[] {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const settled = run()
      this.#options.beforeCommit()
      this.#database.exec('COMMIT')
      this.commits++
      return settled
    } catch (error) {
      this.#options.afterRollback()
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /** The second run of a batch in which one threw: a savepoint each, so that only that one is taken back. */
  #guarded(operation: () => unknown): Settled {
    this.#database.exec('SAVEPOINT one')
    try {
      const value = operation()
      this.#options.beforeCommit()
      this.#database.exec('RELEASE one')
      return { value }
    } catch (error) {
      this.#options.afterRollback()
      this.#database.exec('ROLLBACK TO one; RELEASE one')
      return { error }
    }
  }
}

function deliver(batch: readonly Pending[], settled: readonly Settled[]): void {
  settled.forEach((one, index) => {
    const { resolve, reject } = batch[index]!
    if ('error' in one) reject(one.error)
    else resolve(one.value as never)
  })
}
