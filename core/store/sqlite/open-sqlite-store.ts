import type { Store } from '../../contracts/store.ts'
import { createAudit } from './audit.ts'
import { createConnections } from './connections.ts'
import { createCursors } from './cursors.ts'
import { type Database, openDatabase, pathOf, preparedOnce, waitBriefly } from './database.ts'
import { createDeadLetters } from './dead-letters.ts'
import { createDeliveries } from './deliveries.ts'
import { createDocuments } from './documents.ts'
import { createDrift } from './drift.ts'
import { lockEngine, releaseClaims } from './engine-lock.ts'
import { createErasure } from './erasure.ts'
import { GroupCommit } from './group-commit.ts'
import { createKeys } from './keys.ts'
import { createLeases } from './leases.ts'
import { createLinks } from './links.ts'
import { createMessages } from './messages.ts'
import { migrate } from './migrations.ts'
import { refuseHalfMoved } from './move/marker.ts'
import { createPublishedMappings } from './published-mappings.ts'
import type { Parts } from './repository.ts'
import { createStats } from './stats.ts'
import { createStock } from './stock.ts'
import { Tallies } from './tallies.ts'
import { createUpkeep } from './upkeep.ts'

export interface SqliteStoreOptions {
  /** `sqlite:<path>`, a path, or `:memory:`. */
  url: string
  /** This process runs workers: it alone may, and work that a dead one left claimed is freed. */
  engine: boolean
}

/**
 * Opens or creates the store. Throws `STORE_LOCKED` when another engine works on it, `STORE_VERSION` when it is newer,
 * `STORE_HALF_MOVED` while another store is being moved into it.
 */
export function openSqliteStore({ url, engine }: SqliteStoreOptions): Store {
  const path = pathOf(url)
  const unlock = engine ? lockEngine(path) : () => undefined
  try {
    const database = prepared(path, engine)
    return storeOn(database, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

function prepared(path: string, engine: boolean): Database {
  const database = openDatabase(path)
  try {
    migrate(database)
    refuseHalfMoved(database, path)
    if (engine) releaseClaims(database)
    waitBriefly(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function storeOn(database: Database, unlock: () => void): Store {
  const prepare = preparedOnce(database)
  const tallies = new Tallies(prepare)
  const commits = new GroupCommit(database, { beforeCommit: tallies.flush, afterRollback: tallies.forget })
  const parts: Parts = { prepare, write: commits.write, tallies }
  let closing: Promise<void> | undefined

  return {
    messages: createMessages(parts),
    documents: createDocuments(parts),
    deliveries: createDeliveries(parts),
    deadLetters: createDeadLetters(parts),
    connections: createConnections(parts),
    cursors: createCursors(parts),
    links: createLinks(parts),
    leases: createLeases(parts),
    stats: createStats(parts),
    audit: createAudit(parts),
    keys: createKeys(parts),
    mappings: createPublishedMappings(parts),
    drift: createDrift(parts),
    stock: createStock(parts),
    erasure: createErasure(parts),
    upkeep: createUpkeep(parts),
    close() {
      closing ??= commits.close().then(() => {
        database.close()
        unlock()
      })
      return closing
    },
  }
}
