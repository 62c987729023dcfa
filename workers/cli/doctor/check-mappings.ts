import { asHubError } from '#core/errors/hub-error.ts'
import { plural } from '../text/facts.ts'
import { problemLine } from '../text/problems-text.ts'
import type { Check } from './check-hub.ts'

/** The shipped mappings, or what a folder of overlays makes of them. */
export async function checkMappings(overlays: string | null = null): Promise<Check> {
  const name = overlays === null ? 'mappings' : 'overlays'
  const fix = 'Run `hub mappings lint` and correct what it names.'
  try {
    const { openMappings } = await import('../mapping-folder.ts')
    const { dir, plans, problems, overlays: own } = await openMappings(overlays === null ? {} : { overlays })
    const errors = problems.filter(({ severity }) => severity === 'error')
    const detail =
      errors.length === 0
        ? own
          ? `${plural(own.layers.length, 'file')} laid over them`
          : `${plural(plans.length, 'mapping')} compile`
        : errors.map(one => problemLine(dir, one)).join('\n')
    return { name, ok: errors.length === 0, detail, fix }
  } catch (thrown) {
    return { name, ok: false, detail: asHubError(thrown).message, fix }
  }
}
