import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { QueueAddress } from './read-address.ts'

export type Connection = Redis | Cluster

/** Redis is asked again this soon while it is away: the sweeper waits no longer either. */
const LONGEST_RETRY_MS = 1_000
/** A server that takes the connection and says nothing holds no caller longer. */
const COMMAND_MS = 5_000
const CONNECT_MS = 5_000
/** How long a socket may take its leave: ioredis keeps the process alive so long, even where there is none. */
const DISCONNECT_MS = 200

const retryMs = (times: number): number => Math.min(50 * times, LONGEST_RETRY_MS)

/**
 * For whoever enqueues: what Redis does not take at once fails at once, so that nothing piles up while it is away. The
 * sweeper finds the work again.
 */
export const connectToAsk = (address: QueueAddress): Connection =>
  connect(address, { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: COMMAND_MS })

/** For a consumer: its few commands wait until Redis is back, and it goes on by itself. */
export const connectToWork = (address: QueueAddress): Connection =>
  connect(address, { enableOfflineQueue: true, maxRetriesPerRequest: null })

type Temper = Pick<RedisOptions, 'enableOfflineQueue' | 'maxRetriesPerRequest' | 'commandTimeout'>

function connect({ host, port, ...address }: QueueAddress, temper: Temper): Connection {
  const options: RedisOptions = {
    username: address.username,
    password: address.password,
    tls: address.tls ? { servername: host } : undefined,
    connectTimeout: CONNECT_MS,
    disconnectTimeout: DISCONNECT_MS,
    ...temper,
  }
  if (!address.cluster) return new Redis({ ...options, host, port, db: address.db, retryStrategy: retryMs })
  return new Cluster([{ host, port }], {
    redisOptions: options,
    enableOfflineQueue: temper.enableOfflineQueue,
    clusterRetryStrategy: retryMs,
    // Certificates name hosts: an address that was looked up would not match.
    dnsLookup: address.tls ? (name, found) => found(null, name) : undefined,
  })
}
