import { randomBytes } from 'node:crypto'
import type { HubConfig } from '#config/schema.ts'
import { createRecordAct } from '#core/accounts/audit.ts'
import { createKeys } from '#core/accounts/keys.ts'
import { createSignIn } from '#core/accounts/sign-in.ts'
import { systemClock } from '#core/kernel/clock.ts'
import type { Seams } from '../compose/base.ts'
import { openStore } from '../compose/drivers.ts'
import type { Accounts } from './hub-access.ts'

/** Keys on the store of a hub that may run at the same time; a running hub sees what changes within seconds. */
export async function openAccounts(config: HubConfig, seams: Seams = {}): Promise<Accounts> {
  const store = await openStore(config, false)
  const { clock = systemClock } = seams
  return {
    ...{ config, store, clock },
    keys: createKeys({ store, clock, random: randomBytes }),
    signIn: createSignIn({ store, clock, random: randomBytes, publicUrl: config.publicUrl }),
    record: createRecordAct({ store, clock }),
  }
}
