import { join } from 'node:path'
import type { HubConfig } from '#config/schema.ts'
import type { Queue } from '#core/contracts/queue.ts'
import type { Store } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { createEmbeddedQueue, type EmbeddedQueueOptions } from '#core/queue/embedded/create-embedded-queue.ts'
import { readConnectionIds } from '#core/store/sqlite/connection-ids.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'

/** The store that `HUB_STORE_URL` names. `engine`: this process runs workers, so no other may on the same folder. */
export async function openStore(
  config: Pick<HubConfig, 'storeUrl' | 'dataDir'>,
  engine: boolean,
): Promise<Store> {
  if (config.storeUrl.startsWith('sqlite:')) return openSqliteStore({ url: sqliteFile(config), engine })
  throw new HubError('CONFIG_INVALID', {
    detail: `HUB_STORE_URL: no driver for “${scheme(config.storeUrl)}”.`,
  })
}

/** `onError` is told what a handler threw: a handler ends its own work, so this is a fault of the hub or its store. */
export function openQueue(config: Pick<HubConfig, 'queueUrl'>, parts: EmbeddedQueueOptions): Queue {
  if (config.queueUrl.startsWith('embedded:')) return createEmbeddedQueue(parts)
  throw new HubError('CONFIG_INVALID', {
    detail: `HUB_QUEUE_URL: no driver for “${scheme(config.queueUrl)}”.`,
  })
}

/** Ids of the connections that people made, read beside whatever runs; none where there is no store yet. */
export const storedConnections = (place: Pick<HubConfig, 'storeUrl' | 'dataDir'>): ReadonlySet<string> =>
  new Set(place.storeUrl.startsWith('sqlite:') ? readConnectionIds(sqliteFile(place)) : [])

function sqliteFile({ storeUrl, dataDir }: Pick<HubConfig, 'storeUrl' | 'dataDir'>): string {
  const path = storeUrl.slice('sqlite:'.length)
  return path === '' ? join(dataDir, 'hub.db') : path
}

const scheme = (url: string): string => url.slice(0, url.indexOf(':') + 1)
