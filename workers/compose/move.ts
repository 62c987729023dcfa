import type { HubConfig } from '#config/schema.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { type MoveReport, type MoveStep, moveStore } from '#core/store/move/move-store.ts'
import type { MoveSource, MoveTarget } from '#core/store/move/sides.ts'
import { openSqliteSource, openSqliteTarget } from '#core/store/sqlite/move/open-sqlite-move.ts'
import { isMongo, schemeOf, sqliteFile } from './drivers.ts'

export interface MoveBetween {
  /** Addresses as `HUB_STORE_URL` has them. */
  from: string
  to: string
  dataDir: HubConfig['dataDir']
  now: number
  report?: (step: MoveStep) => void
}

/** Moves a store to an empty one of any driver; see `moveStore`. */
export async function moveBetween({ from, to, dataDir, now, report }: MoveBetween): Promise<MoveReport> {
  const source = await openSource(from, dataDir, now)
  try {
    const target = await openTarget(to, dataDir)
    try {
      return await moveStore({ source, target, report })
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function openSource(storeUrl: string, dataDir: string, now: number): Promise<MoveSource> {
  if (storeUrl.startsWith('sqlite:')) return openSqliteSource(sqliteFile({ storeUrl, dataDir }))
  if (!isMongo(storeUrl)) throw noDriver('--from', storeUrl)
  const { openMongoSource } = await import('#core/store/mongo/move/open-mongo-move.ts')
  return openMongoSource(storeUrl, now)
}

async function openTarget(storeUrl: string, dataDir: string): Promise<MoveTarget> {
  if (storeUrl.startsWith('sqlite:')) return openSqliteTarget(sqliteFile({ storeUrl, dataDir }))
  if (!isMongo(storeUrl)) throw noDriver('--to', storeUrl)
  const { openMongoTarget } = await import('#core/store/mongo/move/open-mongo-move.ts')
  return openMongoTarget(storeUrl)
}

const noDriver = (option: string, url: string): HubError =>
  new HubError('INPUT_INVALID', { detail: `${option}: no driver for “${schemeOf(url)}”.` })
