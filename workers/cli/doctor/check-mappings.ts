import { asHubError } from '#core/errors/hub-error.ts'
import { plural } from '../text/facts.ts'
import { problemLine } from '../text/problems-text.ts'
import type { Check } from './check-hub.ts'

export async function checkMappings(): Promise<Check> {
  const name = 'mappings'
  const fix = 'Run `hub mappings lint` and correct what it names.'
  try {
    const { openMappings } = await import('../mapping-folder.ts')
    const { dir, plans, problems } = await openMappings({})
    const errors = problems.filter(({ severity }) => severity === 'error')
    const detail =
      errors.length === 0
        ? `${plural(plans.length, 'mapping')} compile`
        : errors.map(one => problemLine(dir, one)).join('\n')
    return { name, ok: errors.length === 0, detail, fix }
  } catch (thrown) {
    return { name, ok: false, detail: asHubError(thrown).message, fix }
  }
}
