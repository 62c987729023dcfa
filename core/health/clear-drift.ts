import type { RecordAct } from '../accounts/audit.ts'
import type { Principal } from '../accounts/roles.ts'
import type { Drift, DriftFilter } from '../contracts/store.ts'

/** Forgets findings, for example after the source schema was brought up to date; what is seen again is new again. */
export async function clearDrift(
  { store, record }: { store: { drift: Pick<Drift, 'clear'> }; record: RecordAct },
  filter: DriftFilter & { pointer?: string },
  actor: Principal,
): Promise<{ cleared: number }> {
  const { tenant } = actor
  const cleared = await store.drift.clear(tenant === undefined ? filter : { ...filter, tenant })
  await record(actor, {
    action: 'drift.clear',
    subject: filter.connection ?? '*',
    detail: { ...filter, cleared },
  })
  return { cleared }
}
