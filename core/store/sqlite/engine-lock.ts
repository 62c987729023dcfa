import { DatabaseSync } from 'node:sqlite'
import { HubError } from '../../errors/hub-error.ts'
import { createPrivately, type Database, isBusy } from './database.ts'

/**
 * The right to be the one process that runs workers on this file. An exclusive transaction on a file beside it is a
 * lock of the operating system, freed however the process ends; a lock file with a process id would outlive SIGKILL.
 */
export function lockEngine(path: string): () => void {
  if (path === ':memory:') return () => undefined
  const lockPath = `${path}.lock`
  createPrivately(lockPath)
  const lock = new DatabaseSync(lockPath, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    lock.close()
    if (!isBusy(cause)) throw cause
    throw new HubError('STORE_LOCKED', { detail: `“${path}” is in use.`, cause })
  }
  return () => lock.close()
}

/**
 * With the lock in hand, whoever held claims is dead: their work is free at once. `claims` stays, so that the crash is
 * counted and a delivery left unsettled becomes uncertain.
 */
export function releaseClaims(database: Database): void {
  for (const table of ['messages', 'deliveries'])
    database.exec(`UPDATE ${table} SET claimToken = NULL, readyAt = nextAt WHERE claimToken IS NOT NULL`)
}
