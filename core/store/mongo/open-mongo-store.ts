import { randomBytes } from 'node:crypto'
import type { MongoClient } from 'mongodb'
import type { Store } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import { Arrivals } from './arrivals.ts'
import { createAudit } from './audit.ts'
import { createClient, databaseOf, nameOf, pingOf } from './client.ts'
import { createConnections } from './connections.ts'
import { createCursors } from './cursors.ts'
import { createDeadLetters } from './dead-letters.ts'
import { createDeliveries } from './deliveries.ts'
import { createDocuments } from './documents.ts'
import { createDrift } from './drift.ts'
import { createErasure } from './erasure.ts'
import { asStoreError } from './errors.ts'
import { createKeys } from './keys.ts'
import { createLeases } from './leases.ts'
import { createLinks } from './links.ts'
import { MAX_BODIES_BYTES } from './message-rows.ts'
import { createMessages } from './messages.ts'
import { refuseHalfMoved } from './move/marker.ts'
import { Operations } from './operations.ts'
import { createPublishedMappings } from './published-mappings.ts'
import type { Parts } from './repository.ts'
import { reviveWhenDeaf } from './revive.ts'
import { prepare } from './schema.ts'
import { createStats } from './stats.ts'
import { createStock } from './stock.ts'
import { createUpkeep } from './upkeep.ts'

export interface MongoStoreOptions {
  /** `mongodb://…` or `mongodb+srv://…`; the database is `crossdock` unless the address names one. */
  url: string
  /** Largest body that is going to be received. */
  maxBodyBytes?: number
  random?: (size: number) => Buffer
}

/**
 * Connects, makes missing indexes, and gives the store. Any number of processes may work on the same database. Throws
 * `STORE_UNAVAILABLE` when no server answers, `STORE_REFUSED` when it does not let us in, `STORE_VERSION` when the
 * database is of a newer version, `STORE_HALF_MOVED` while another store is being moved into it, `CONFIG_INVALID` for an
 * address or a bound that cannot be.
 */
export async function openMongoStore(options: MongoStoreOptions): Promise<Store> {
  const { url, maxBodyBytes = 0, random = randomBytes } = options
  if (maxBodyBytes > MAX_BODIES_BYTES)
    throw new HubError('CONFIG_INVALID', {
      detail: `inbox.maxBodyBytes: MongoDB keeps messages of up to ${MAX_BODIES_BYTES} bytes.`,
    })
  const client = createClient(url)
  try {
    const db = client.db(databaseOf(url))
    await refuseHalfMoved(db, nameOf(url))
    await prepare(db)
    return storeOn(client, { collection: name => db.collection(name), arrivals: new Arrivals(random) })
  } catch (error) {
    await client.close()
    throw asStoreError(error)
  }
}

function storeOn(client: MongoClient, parts: Parts): Store {
  const operations = new Operations()
  const unwatch = reviveWhenDeaf(client)
  let closing: Promise<void> | undefined

  return {
    messages: operations.guarded(createMessages(parts)),
    documents: operations.guarded(createDocuments(parts)),
    deliveries: operations.guarded(createDeliveries(parts)),
    deadLetters: operations.guarded(createDeadLetters(parts)),
    connections: operations.guarded(createConnections(parts)),
    cursors: operations.guarded(createCursors(parts)),
    links: operations.guarded(createLinks(parts)),
    leases: operations.guarded(createLeases(parts)),
    stats: operations.guarded(createStats(parts)),
    audit: operations.guarded(createAudit(parts)),
    keys: operations.guarded(createKeys(parts)),
    mappings: operations.guarded(createPublishedMappings(parts)),
    drift: operations.guarded(createDrift(parts)),
    stock: operations.guarded(createStock(parts)),
    erasure: operations.guarded(createErasure(parts)),
    upkeep: operations.guarded(createUpkeep(parts, pingOf(client))),
    close() {
      closing ??= operations
        .close()
        .then(unwatch)
        .then(() => client.close())
      return closing
    },
  }
}
