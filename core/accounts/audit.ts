import type { Store } from '../contracts/store.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Principal } from './roles.ts'

/** One human act. `action` reads `<noun>.<verb>`; `detail` holds no secret, no payload and no personal data. */
export type RecordAct = (
  actor: Pick<Principal, 'id'>,
  act: { action: string; subject: string; detail?: Record<string, unknown> },
) => Promise<void>

export const createRecordAct =
  ({ store, clock }: { store: Pick<Store, 'audit'>; clock: Clock }): RecordAct =>
  async (actor, { action, subject, detail = {} }) => {
    await store.audit.append({ at: clock.now(), actor: actor.id, action, subject, detail })
  }
