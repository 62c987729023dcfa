import { dirname } from 'node:path/posix'
import { casesPathOf } from '#core/mapping/catalogue/mapping-files.ts'
import type { NamedMapping } from './mapping-named.ts'

/**
 * The mappings whose cases may come out otherwise: a mapping's own file and those of what is laid over it, its cases, what
 * these read, its source schemas; canonical schemas concern all. `reads`: what the cases of each read when they last ran.
 */
export function concerned(
  mappings: readonly NamedMapping[],
  changed: ReadonlySet<string>,
  reads: ReadonlyMap<string, ReadonlySet<string>>,
): NamedMapping[] {
  const paths = [...changed]
  if (paths.some(isCanonical)) return [...mappings]
  const sources = new Set(paths.filter(path => path.endsWith('.source.schema.json')).map(dirname))
  const overlaid = new Set(
    mappings.filter(({ name }) => isOverlay(name) && changed.has(name)).map(({ plan }) => plan.id),
  )
  return mappings.filter(({ name, plan }) => {
    const file = isOverlay(name) ? name : `${name}.map.yaml`
    return (
      changed.has(file) ||
      changed.has(`${plan.id}.map.yaml`) ||
      changed.has(casesPathOf(file)) ||
      (isOverlay(name) && overlaid.has(plan.id)) ||
      (plan.source !== null && sources.has(dirname(plan.source))) ||
      paths.some(path => reads.get(name)?.has(path))
    )
  })
}

const isOverlay = (name: string): boolean => name.endsWith('.overlay.yaml')

const isCanonical = (path: string): boolean => /^canonical\/[^/]+\.schema\.json$/.test(path)
