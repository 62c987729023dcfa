import { MongoClient, type MongoClientOptions } from 'mongodb'
import { HubError } from '../../errors/hub-error.ts'

const DEFAULT_DATABASE = 'crossdock'
const PING_MS = 2_000

/** What the promises of the store need, whatever the address says. A majority out of reach must not hold a write for ever. */
const PROMISED: MongoClientOptions = {
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: 20_000 },
  readPreference: 'primary',
  retryWrites: true,
  retryReads: true,
  ignoreUndefined: true,
  promoteBuffers: true,
}

/** What the address may say otherwise. While no server is there, a partner waits for its 503 as long as the selection. */
const TUNABLE: MongoClientOptions = {
  appName: 'crossdock',
  maxPoolSize: 100,
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  waitQueueTimeoutMS: 5_000,
  socketTimeoutMS: 60_000,
}

/** The driver reconnects by itself and repeats a write once; what fails all the same is for the caller to repeat. */
export function createClient(url: string): MongoClient {
  const left = Object.entries(TUNABLE).filter(([name]) => !new RegExp(`[?&]${name}=`, 'i').test(url))
  try {
    return new MongoClient(url, { ...Object.fromEntries(left), ...PROMISED })
  } catch {
    // Without the cause: the driver quotes the address, which may hold a password.
    throw new HubError('CONFIG_INVALID', { detail: 'The driver cannot read the address of the store.' })
  }
}

/** The database that the address names, else ours: the driver’s own default is `test`. */
export const databaseOf = (url: string): string | undefined =>
  /^[^:]+:\/\/[^/?]+\/[^?]/.test(url) ? undefined : DEFAULT_DATABASE

/** Hosts and database: what people may see of the address. */
export function nameOf(url: string): string {
  const [withoutOptions = ''] = url.split('?')
  const hosts = withoutOptions.replace(/\/\/.*@/, '//').replace(/\/$/, '')
  const database = databaseOf(url)
  return database === undefined ? hosts : `${hosts}/${database}`
}

export const pingOf = (client: MongoClient) => async (): Promise<void> => {
  await client.db('admin').command({ ping: 1 }, { signal: AbortSignal.timeout(PING_MS) })
}
