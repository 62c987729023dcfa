import type { Store } from '#core/contracts/store.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { type Clock, systemClock } from '#core/kernel/clock.ts'

export interface Check {
  name: string
  ok: boolean
  detail: string
}

export interface ReadinessSources {
  store: { upkeep: Pick<Store['upkeep'], 'ping'> }
  workers?: () => readonly { name: string; healthy: boolean; detail: string }[]
  clock?: Clock
}

/** A store that takes longer than this to say hello cannot keep the promise of a 2xx. */
const PING_MS = 2_000

/** Ready: the store answers and every worker runs. The answer names what is not. */
export async function readiness({
  store,
  workers,
  clock = systemClock,
}: ReadinessSources): Promise<{ ready: boolean; checks: Check[] }> {
  const running = (workers?.() ?? []).map(({ name, healthy, detail }) => ({
    name: `worker ${name}`,
    ok: healthy,
    detail,
  }))
  const checks = [await pingStore(store, clock), ...running]
  return { ready: checks.every(check => check.ok), checks }
}

async function pingStore(store: ReadinessSources['store'], clock: Clock): Promise<Check> {
  let cancel = (): void => undefined
  const late = new Promise<Check>(resolve => {
    cancel = clock.timer(PING_MS, () =>
      resolve({ name: 'store', ok: false, detail: `No answer in ${PING_MS} ms.` }),
    )
  })
  const ping = store.upkeep.ping().then(
    () => ({ name: 'store', ok: true, detail: 'answers' }),
    // The code only: this answer is public, and a driver's message may name hosts and users.
    thrown => ({ name: 'store', ok: false, detail: asHubError(thrown).publicMessage }),
  )
  return Promise.race([ping, late]).finally(() => cancel())
}
