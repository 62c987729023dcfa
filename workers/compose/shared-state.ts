import { once } from 'node:events'
import type { HubConfig } from '#config/schema.ts'
import type { Telemetry } from '#core/contracts/telemetry.ts'
import { type Clock, sleep } from '#core/kernel/clock.ts'
import { createEmbeddedState } from '#core/resilience/embedded/embedded-state.ts'
import { failSoft } from '#core/resilience/fail-soft.ts'
import type { SharedState } from '#core/resilience/shared-state.ts'

export interface SharedStateParts {
  clock: Clock
  telemetry: Telemetry
}

/** Where this hub's processes agree: in memory for one process, in the Redis of `HUB_QUEUE_URL` for many. */
export async function openSharedState(
  { queueUrl }: Pick<HubConfig, 'queueUrl'>,
  { clock, telemetry }: SharedStateParts,
): Promise<SharedState> {
  const local = createEmbeddedState(clock)
  if (queueUrl.startsWith('embedded:')) return local
  return failSoft({
    ...{ shared: await openRedis(queueUrl, clock), local, clock },
    onOutage(thrown) {
      telemetry.count('shared_state_outages_total')
      telemetry.log('warn', 'Redis does not answer: this process keeps to a share of each rate limit', {
        // Never more of it: an error of the client carries its command, and that of AUTH is the password.
        error: thrown instanceof Error ? thrown.name : 'Unknown',
      })
    },
    onRecovery: () => telemetry.log('info', 'Redis answers again'),
  })
}

/** A Redis that is away does not keep the hub from starting. */
const FIRST_ANSWER_MS = 5_000

async function openRedis(url: string, clock: Clock): Promise<SharedState> {
  // The driver is large: only who uses it waits for it.
  const [{ connectToAsk }, { readAddress }, { createRedisState }] = await Promise.all([
    import('#core/queue/bullmq/connect.ts'),
    import('#core/queue/bullmq/read-address.ts'),
    import('#core/resilience/redis/redis-state.ts'),
  ])
  const address = readAddress(url)
  const connection = connectToAsk(address)
  // Without a listener the client prints what it could not do; here the call that failed tells.
  connection.on('error', () => undefined)
  const answered = new AbortController()
  const patience = sleep(clock, FIRST_ANSWER_MS, answered.signal)
  await Promise.race([once(connection, 'ready'), patience]).catch(() => undefined)
  answered.abort()
  return createRedisState({ connection, prefix: address.prefix })
}
