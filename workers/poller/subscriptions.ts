import type { Directory, LiveConnection } from '#core/accounts/directory.ts'
import { tokenSetOf } from '#core/accounts/oauth/token-set.ts'
import type { Leases } from '#core/contracts/store.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { every } from '../every.ts'
import type { Worker } from '../worker.ts'
import { underLease } from './held-lease.ts'
import { isDue, type SubscribeDeps, type SubscribeNow } from './subscribe-now.ts'

export interface SubscriptionsDeps extends SubscribeDeps {
  subscribeNow: SubscribeNow
  store: SubscribeDeps['store'] & { leases: Leases }
  directory: Directory
  owner: string
  random: () => number
}

const TICK_MS = 10_000

/**
 * Keeps webhook subscriptions as the manifests want them: after a connection is made, changed or authorised again, and
 * every few hours, because partners drop them silently. Each under a lease; one partner that fails holds up no other.
 */
export function subscriptionsWorker(deps: SubscriptionsDeps): Worker {
  const { directory, connectors, subscribeNow, telemetry, clock, random } = deps

  async function check(connection: LiveConnection, signal: AbortSignal): Promise<void> {
    const onLost = (thrown: unknown): void =>
      telemetry.log('warn', 'the lease of subscriptions was lost', { code: asHubError(thrown).code })
    await underLease({ ...deps, onLost }, `subscribe:${connection.id}`, async () => {
      // Another process may have looked since this one's list was read.
      const present = await directory.get(connection.id)
      if (present && isDue(present, deps)) await subscribeNow(present, signal)
      return 0
    })
  }

  return every({
    ...{ name: 'subscriptions', everyMs: TICK_MS, clock, random },
    async run(signal, alive) {
      const all = await directory.list()
      const due = all.filter(
        one => one.state === 'active' && subscribes(connectors.get(one.connector), one) && isDue(one, deps),
      )
      for (const connection of due) {
        if (signal.aborted) return
        await check(connection, signal).catch((thrown: unknown) =>
          telemetry.log('warn', 'webhook subscriptions could not be kept', {
            connection: connection.id,
            code: asHubError(thrown).code,
          }),
        )
        alive()
      }
    },
  })
}

/** A connector may need a token, or a setting, that this connection has not. */
function subscribes(
  connector: ReturnType<SubscriptionsDeps['connectors']['get']>,
  { secrets, settings }: LiveConnection,
): boolean {
  if (!connector?.subscribe) return false
  const { needs } = connector.manifest.subscriptions ?? {}
  if (needs !== undefined) return Boolean(secrets[needs]?.length) || (settings[needs] ?? '') !== ''
  // One that only listens to webhooks that somebody set up by hand has nothing to ask with.
  const { accessToken } = connector.manifest.secrets
  return !accessToken || Boolean(tokenSetOf(secrets))
}
