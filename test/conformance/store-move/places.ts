import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Store } from '#core/contracts/store.ts'
import { openMongoSource, openMongoTarget } from '#core/store/mongo/move/open-mongo-move.ts'
import { openMongoStore } from '#core/store/mongo/open-mongo-store.ts'
import type { MoveSource, MoveTarget } from '#core/store/move/sides.ts'
import { openSqliteSource, openSqliteTarget } from '#core/store/sqlite/move/open-sqlite-move.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'
import { dropDatabase, withDatabase } from '../../support/mongo.ts'

/** Where stores of one driver are. */
export interface Place {
  driver: string
  /** Of a store that is not there yet. */
  address(): string
  open(address: string): Promise<Store>
  source(address: string, now: number): Promise<MoveSource>
  target(address: string): Promise<MoveTarget>
  remove(address: string): Promise<unknown>
}

export const sqlitePlace: Place = {
  driver: 'SQLite',
  address: () => `sqlite:${join(mkdtempSync(join(tmpdir(), 'crossdock-move-')), 'hub.db')}`,
  open: async url => openSqliteStore({ url, engine: true }),
  source: async url => openSqliteSource(url),
  target: async url => openSqliteTarget(url),
  remove: async url => rmSync(dirname(url.slice('sqlite:'.length)), { recursive: true }),
}

export const mongoPlace = (server: string): Place => ({
  driver: 'MongoDB',
  address: () => withDatabase(server, `move_${randomUUID()}`),
  open: url => openMongoStore({ url }),
  source: openMongoSource,
  target: openMongoTarget,
  remove: dropDatabase,
})
