import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { JsonSchema } from '#core/contracts/connector.ts'
import type { Plan } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { type LoadedMappings, loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper, type DescribingMapper } from '#core/mapping/mapper.ts'

/** A folder of mappings, compiled as far as it compiles. */
export interface MappingFolder extends LoadedMappings {
  dir: string
  schemas: Record<string, JsonSchema>
  mapper: DescribingMapper
}

export async function openMappings(options: Readonly<Record<string, unknown>>): Promise<MappingFolder> {
  const dir = String(options['dir'] ?? 'mappings')
  try {
    const schemas = await loadSchemas(dir)
    const mapper = createMapper({ schemas })
    return { dir, schemas, mapper, ...(await loadMappings(dir, mapper)) }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    throw new HubError('INPUT_INVALID', {
      detail: `“${dir}” is no folder of mappings: it has no canonical/.`,
      cause,
    })
  }
}

/** By its id, by the path of its file, or by the end of either where only one mapping ends so. */
export function planNamed({ plans, problems, dir }: MappingFolder, given: string): Plan {
  const id = withoutFolder(dir, given).replace(/\.map\.yaml$/, '')
  const exact = plans.find(plan => plan.id === id)
  const ending = plans.filter(plan => plan.id.endsWith(`/${id}`))
  const found = exact ?? (ending.length === 1 ? ending[0] : undefined)
  if (found) return found
  if (problems.some(({ file, severity }) => severity === 'error' && file.startsWith(id)))
    throw new HubError('MAPPINGS_BROKEN', { detail: `“${id}”.` })
  const several = ending.map(plan => plan.id).join(', ')
  throw new HubError('NOT_FOUND', {
    detail: several ? `“${given}” may be ${several}.` : `Mapping “${given}”.`,
  })
}

function withoutFolder(dir: string, path: string): string {
  const inside = relative(dir, path)
  return path.endsWith('.map.yaml') && !inside.startsWith('..') ? inside : path
}

/** Null where the file is not there. */
export function readBeside({ dir }: MappingFolder, path: string): string | null {
  try {
    return readFileSync(join(dir, path), 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
