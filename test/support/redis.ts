import { Redis } from 'ioredis'

/** Where the Redis of this machine is; null, with a printed reason, where there is none. */
export function redisUrl(): string | null {
  const url = process.env['REDIS_URL']
  if (!url) console.warn('skipped: REDIS_URL names no Redis')
  return url ?? null
}

export async function onRedis<T>(url: string, use: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url)
  try {
    return await use(redis)
  } finally {
    redis.disconnect()
  }
}

/** Takes out every key that begins with the prefix. */
export const dropKeys = (url: string, prefix: string): Promise<void> =>
  onRedis(url, async redis => {
    for await (const keys of redis.scanStream({ match: `${prefix}:*`, count: 1_000 }))
      if (keys.length > 0) await redis.unlink(...(keys as string[]))
  })
