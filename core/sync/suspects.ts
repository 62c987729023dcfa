import type { Due, Store, Work } from '../contracts/store.ts'
import type { Clock } from '../kernel/clock.ts'

export interface SuspectsDeps {
  store: Pick<Store, 'messages' | 'deliveries'>
  clock: Clock
  /** Of the claims under which work runs. */
  leaseMs: number
}

export interface DueWork extends Due {
  work: Work
}

/** From the second crash with the same work in hand on, it runs alone, so that no bystander shares the blame. */
const SUSPECT_CLAIMS = 2

export const isSuspect = ({ claims }: Pick<Due, 'claims'>): boolean => claims >= SUSPECT_CLAIMS

/**
 * Which of the due suspects may run: the one handed out before until somebody has it in hand, none while it is in hand,
 * then the first. What is in hand is not among the due, so it is asked for. A process that starts knows of none, which is
 * right: what it had in hand died with it.
 */
export function createSuspects({ store, clock, leaseMs }: SuspectsDeps) {
  let out: DueWork | undefined

  async function isInHand({ work, id }: DueWork): Promise<boolean> {
    const record = await (work === 'translate' ? store.messages : store.deliveries).get(id)
    // What has ended counts no claims, so its last attempt is that of the claim that holds.
    return record !== null && isSuspect(record) && record.attempts.at(-1)!.at + leaseMs > clock.now()
  }

  return async (due: readonly DueWork[]): Promise<DueWork | undefined> => {
    const suspects = due.filter(isSuspect)
    const again = suspects.find(({ id }) => id === out?.id)
    if (again) return again
    if (out && (await isInHand(out))) return undefined
    out = suspects[0]
    return out
  }
}
