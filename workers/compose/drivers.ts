import { join } from 'node:path'
import type { HubConfig } from '#config/schema.ts'
import type { Queue, Topic } from '#core/contracts/queue.ts'
import type { Store } from '#core/contracts/store.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { asHubError, HubError } from '#core/errors/hub-error.ts'
import type { Clock } from '#core/kernel/clock.ts'
import { createEmbeddedQueue } from '#core/queue/embedded/create-embedded-queue.ts'
import { readConnectionIds as readMongoConnectionIds } from '#core/store/mongo/connection-ids.ts'
import { readConnectionIds } from '#core/store/sqlite/connection-ids.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'

/** The store that `HUB_STORE_URL` names. `engine`: this process runs workers, so no other may on the same file. */
export async function openStore(
  config: Pick<HubConfig, 'storeUrl' | 'dataDir' | 'inbox'>,
  engine: boolean,
): Promise<Store> {
  if (config.storeUrl.startsWith('sqlite:')) return openSqliteStore({ url: sqliteFile(config), engine })
  if (isMongo(config.storeUrl)) {
    // The driver is large: only who uses it waits for it.
    const { openMongoStore } = await import('#core/store/mongo/open-mongo-store.ts')
    return openMongoStore({ url: config.storeUrl, maxBodyBytes: config.inbox.maxBodyBytes })
  }
  throw new HubError('CONFIG_INVALID', {
    detail: `HUB_STORE_URL: no driver for “${schemeOf(config.storeUrl)}”.`,
  })
}

/** The queue that `HUB_QUEUE_URL` names. Redis is needed for many processes only. */
export async function openQueue(
  config: Pick<HubConfig, 'queueUrl'>,
  { clock, telemetry }: { clock: Clock; telemetry: Telemetry },
): Promise<Queue> {
  const url = config.queueUrl
  const listeners = queueListeners(telemetry)
  if (url.startsWith('embedded:')) return createEmbeddedQueue({ clock, ...listeners })
  if (/^rediss?:/.test(url)) {
    const { openBullmqQueue } = await import('#core/queue/bullmq/open-bullmq-queue.ts')
    return openBullmqQueue({ url, clock, ...listeners })
  }
  throw new HubError('CONFIG_INVALID', { detail: `HUB_QUEUE_URL: no driver for “${schemeOf(url)}”.` })
}

const queueListeners = (telemetry: Telemetry) => ({
  /** A handler ends its own work: what it threw is a fault of the hub or its store. */
  onError(thrown: unknown, { topic, id }: { topic: Topic; id: string }) {
    const { code, detail } = asHubError(thrown)
    const message = 'work ended without an outcome; its lease gives it back'
    telemetry.log('error', message, { topic, id, code, detail })
  },
  onOutage: ({ code, detail }: HubError) =>
    telemetry.log('error', 'the queue is away: work waits for the sweeper', { code, detail }),
  onRecovery: () => telemetry.log('info', 'the queue is back'),
})

/** Ids of the connections that people made, read beside whatever runs; none where there is no store yet. */
export const storedConnections = (place: Pick<HubConfig, 'storeUrl' | 'dataDir'>): ReadonlySet<string> => {
  if (isMongo(place.storeUrl)) return new Set(readMongoConnectionIds(place.storeUrl))
  return new Set(place.storeUrl.startsWith('sqlite:') ? readConnectionIds(sqliteFile(place)) : [])
}

export const isMongo = (url: string): boolean => /^mongodb(\+srv)?:/.test(url)

/** Path of the database, for a store of SQLite. */
export function sqliteFile({ storeUrl, dataDir }: Pick<HubConfig, 'storeUrl' | 'dataDir'>): string {
  const path = storeUrl.slice('sqlite:'.length)
  return path === '' ? join(dataDir, 'hub.db') : path
}

export const schemeOf = (url: string): string => url.slice(0, url.indexOf(':') + 1)
