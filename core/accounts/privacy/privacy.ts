import type { Store } from '../../contracts/store.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Probe } from '../../kernel/probe.ts'
import type { RecordAct } from '../audit.ts'
import type { RandomBytes } from '../secrets.ts'
import type { Vault } from '../vault.ts'
import { createDigests } from './digests.ts'
import { createErase, type Erase } from './erase.ts'
import { createMarks, type Marks } from './marks.ts'

/** What people and partners ask for in the name of a person. */
export interface Privacy {
  forgotten: Pick<Marks, 'covers'>
  erase: Erase
  /**
   * Throws `SECRET_UNREADABLE` where this process has not the key-encryption key of those before and beside it: it would
   * seal what they cannot open, and forget nobody. For the start, before anything is written.
   */
  proveKey(): Promise<void>
}

export interface PrivacyDeps {
  store: Store
  vault: Vault
  random: RandomBytes
  clock: Clock
  probe: Probe
  record: RecordAct
  leaseMs: number
}

export function createPrivacy(deps: PrivacyDeps): Privacy {
  const digestOf = createDigests(deps)
  const marks = createMarks({ ...deps, digestOf })
  return {
    forgotten: marks,
    erase: createErase({ ...deps, marks }),
    proveKey: async () => void (await digestOf('')),
  }
}
