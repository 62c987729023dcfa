import { randomBytes } from 'node:crypto'
import { createRecordAct } from '#core/accounts/audit.ts'
import { createPrivacy } from '#core/accounts/privacy/privacy.ts'
import { createVault } from '#core/accounts/vault.ts'
import type { Store } from '#core/contracts/store.ts'
import type { Park } from '#core/deadletter/park.ts'
import type { Clock } from '#core/kernel/clock.ts'
import type { Probe } from '#core/kernel/probe.ts'
import { createAnswerPrivacy } from '#core/sync/answer-privacy.ts'

interface PrivacyParts {
  store: Store
  clock: Clock
  park: Park
  probe: Probe
  leaseMs: number
}

/** As the composition root makes it, with a key of its own. */
export function privacyOn(parts: PrivacyParts) {
  const vault = createVault({ keks: [{ id: 'test', key: randomBytes(32) }], random: randomBytes })
  const record = createRecordAct(parts)
  const privacy = createPrivacy({ ...parts, vault, record, random: randomBytes })
  return { ...privacy, answerPrivacy: createAnswerPrivacy({ ...parts, ...privacy }) }
}
