import { setImmediate } from 'node:timers/promises'
import type { Problem } from '../../contracts/mapper.ts'
import { HubError } from '../../errors/hub-error.ts'
import { linesOf } from '../source/problems.ts'
import type { Outlook } from './check-cases.ts'
import type { Concerned } from './concerned.ts'
import type { Audience, MappingCatalogue, MappingChange } from './mapping-catalogue.ts'

/** What would hold for everybody concerned; refused where it would not compile. Other work has its turn in between. */
export async function outlooksOf(
  catalogue: MappingCatalogue,
  change: MappingChange,
  [first, ...others]: Concerned,
): Promise<[Outlook, ...Outlook[]]> {
  const outlooks: [Outlook, ...Outlook[]] = [outlookOf(catalogue, change, first)]
  for (const audience of others) {
    await setImmediate()
    outlooks.push(outlookOf(catalogue, change, audience))
  }
  return outlooks
}

function outlookOf(catalogue: MappingCatalogue, change: MappingChange, audience: Audience): Outlook {
  const { layers, result } = catalogue.stackWith(change, audience)
  if (!result.plan) throw broken(result.problems)
  return { audience, layers, plan: result.plan }
}

function broken(problems: readonly Problem[]): HubError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  return new HubError('MAPPINGS_BROKEN', { detail: linesOf(errors), problems })
}
