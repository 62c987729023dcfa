import type { Plan } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { ApiDeps } from './deps.ts'

export function planFor(id: string, { catalogue }: Pick<ApiDeps, 'catalogue'>): Plan {
  const plan = catalogue.compiled(id)?.plan
  if (!plan) throw new HubError('NOT_FOUND', { detail: `Mapping “${id}”.` })
  return plan
}
