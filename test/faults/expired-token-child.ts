/** One process of `expired-token.test.ts`: calls a partner at once so many times with a token that has expired. */
import { Redis } from 'ioredis'
import { systemClock } from '#core/kernel/clock.ts'
import { createRedisState } from '#core/resilience/redis/redis-state.ts'
import { createRefreshOnce } from '#core/resilience/refresh-once.ts'
import { openSqliteStore } from '#core/store/sqlite/open-sqlite-store.ts'

interface Given {
  redis: string
  prefix: string
  store: string
  partner: string
  calls: number
}

type Secrets = Record<string, string>

const { redis, prefix, store: url, partner, calls } = JSON.parse(process.argv[2]!) as Given
const store = await openSqliteStore({ url, engine: false })
const shared = createRedisState({ connection: new Redis(redis), prefix })
const refreshOnce = createRefreshOnce({ locks: shared.locks, clock: systemClock, random: Math.random })

const secrets = async (): Promise<Secrets> => (await store.connections.get('shop'))!.secrets

const renew = (used: string) =>
  refreshOnce<Secrets>({
    name: 'shop',
    read: secrets,
    isFresh: ({ access }) => access !== used,
    async refresh({ refresh }) {
      const answer = await fetch(`${partner}/token`, { method: 'POST', body: refresh })
      if (!answer.ok) throw new Error(`The partner refused the refresh: ${answer.status}`)
      return (await answer.json()) as Secrets
    },
    write: async (refreshed, fence) =>
      (await store.connections.patch('shop', { secrets: refreshed }, fence)) !== null,
  })

async function call(): Promise<number> {
  const ask = async (access: string) =>
    (await fetch(`${partner}/orders`, { headers: { authorization: `Bearer ${access}` } })).status
  const { access = '' } = await secrets()
  const status = await ask(access)
  return status === 401 ? ask((await renew(access))['access']!) : status
}

const statuses = await Promise.all(Array.from({ length: calls }, call))
await Promise.all([shared.close(), store.close()])
console.log(JSON.stringify(statuses))
