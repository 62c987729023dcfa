import type { HubConfig } from '#config/schema.ts'
import type { Principal } from '#core/accounts/roles.ts'
import type { Base } from '../compose/base.ts'
import type { World } from './world.ts'

/** Who the audit names for what is done here: whoever may open the data folder may do everything. */
export const CLI: Principal = { id: 'cli', role: 'admin' }

/** The few parts that keys need: they start in a third of the time of everything. */
export type Accounts = Pick<Base, 'config' | 'store' | 'keys' | 'signIn' | 'record' | 'clock'>

/** The hub beside which the command works, each part opened when it is first asked for. */
export interface HubAccess {
  config(): Promise<HubConfig>
  /** As a start would take it: flows name only what there is. */
  strictConfig(): Promise<HubConfig>
  accounts(): Promise<Accounts>
  base(): Promise<Base>
  close(): Promise<void>
}

export function createHubAccess(world: World): HubAccess {
  const opened: (() => Promise<void>)[] = []
  const config = once(() => world.loadConfig({ strict: false }))

  const base = once(async () => {
    const { composeBase } = await import('../compose/base.ts')
    // A log line between the answer's would break it.
    const made = await composeBase({ ...(await config()), logLevel: 'silent' }, false, world.seams)
    opened.push(() => made.close())
    return made
  })

  const accounts = once(async () => {
    const { openAccounts } = await import('./open-accounts.ts')
    const made = await openAccounts(await config(), world.seams)
    opened.push(() => made.store.close())
    return made
  })

  return {
    config,
    strictConfig: () => world.loadConfig({ strict: true }),
    accounts,
    base,
    async close() {
      for (const close of opened) await close()
    },
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    return made
  }
}
