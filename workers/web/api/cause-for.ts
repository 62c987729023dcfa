import type { Cause } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { ApiDeps } from './deps.ts'
import type { Call } from './route.ts'

/** The cause, as far as the principal's tenant has letters of it. */
export async function causeFor(
  { principal, params }: Pick<Call, 'principal' | 'params'>,
  { store }: ApiDeps,
): Promise<Cause> {
  const page = await store.deadLetters.causes({ cause: params['id'], tenant: principal.tenant }, { limit: 1 })
  const [cause] = page.items
  if (!cause) throw new HubError('NOT_FOUND', { detail: `Cause “${params['id']}”.` })
  return cause
}
