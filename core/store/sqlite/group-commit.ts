import { setTimeout as pause } from 'node:timers/promises'
import { HubError } from '../../errors/hub-error.ts'
import { BULK_PRIORITY, inLaneOf, isBulk } from '../../kernel/lane.ts'
import { type Database, isBusy } from './database.ts'
import { Lanes } from './lanes.ts'

/** Runs the operation in a transaction; resolves with its value once that is on disk. */
export type Write = <T>(operation: () => T) => Promise<T>

interface Pending {
  operation: () => unknown
  isBulk: boolean
  resolve: (value: never) => void
  reject: (error: unknown) => void
}

type Settled = { value: unknown } | { error: unknown }

export interface GroupCommitOptions {
  /** Called in the transaction before its COMMIT, once for all operations of it. */
  beforeCommit: () => void
  /** Whatever the operations of the transaction left in memory is void. */
  afterRollback: () => void
  /** Milliseconds of a clock that never goes back. */
  now?: () => number
}

const BUSY_PAUSE_MS = 10
const BUSY_TRIES = 200
/** An order that arrives waits for the whole transaction, and for all that goes on when it is over. */
const BULK_MS = 1.5

/**
 * All writes asked for in one turn of the event loop share one transaction and its one fsync, so the disk's latency is
 * paid once for all of them; those of bulk work let those of orders pass. An operation that throws takes back only itself.
 */
export class GroupCommit {
  readonly #database: Database
  readonly #options: GroupCommitOptions
  readonly #lanes = new Lanes<Pending>(() => this.#wake())
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
      const bulk = isBulk()
      this.#lanes.add({ operation, isBulk: bulk, resolve, reject }, bulk)
      this.#wake()
    })

  /** Takes no more writes; resolves when those asked for are on disk. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#lanes.open()
    const last = [0, BULK_PRIORITY].map(priority => inLaneOf(priority, () => this.write(() => undefined)))
    this.#closed = true
    await Promise.all(last)
  }

  #wake(): void {
    if (this.#running || !this.#lanes.isReady) return
    this.#running = true
    setImmediate(() => void this.#next())
  }

  async #next(): Promise<void> {
    await this.#flush(this.#lanes.take())
    this.#running = false
    this.#wake()
  }

  async #flush(batch: readonly Pending[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        const settled = this.#commit(batch)
        this.#lanes.giveBack(batch.slice(settled.length))
        return deliver(batch, settled)
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
      return this.#transaction(() => this.#each(batch, operation => ({ value: operation() })))
    } catch (error) {
      if (isBusy(error) || batch.length === 1) throw error
      return this.#transaction(() => this.#each(batch, operation => this.#guarded(operation)))
    }
  }

  /** All of the express ones, and of bulk as many as its time allows, but always one. */
  #each(batch: readonly Pending[], run: (operation: Pending['operation']) => Settled): Settled[] {
    const { now = () => performance.now() } = this.#options
    const settled: Settled[] = []
    let endsAt: number | undefined
    for (const { operation, isBulk } of batch) {
      if (isBulk && endsAt !== undefined && now() >= endsAt) break
      if (isBulk) endsAt ??= now() + BULK_MS
      settled.push(run(operation))
    }
    return settled
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
