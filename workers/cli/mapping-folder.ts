import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { SETTINGS_SCHEMAS } from '#connectors/registry.ts'
import type { JsonSchema } from '#core/contracts/connector.ts'
import type { Plan } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { type LoadedMappings, loadMappings, readSchemas } from '#core/mapping/load.ts'
import { createMapper, type DescribingMapper, type MapperOptions } from '#core/mapping/mapper.ts'
import { type OverlayFolder, openOverlays } from './overlay-folder.ts'

/** A folder of mappings, compiled as far as it compiles. */
export interface MappingFolder extends LoadedMappings {
  dir: string
  schemas: Record<string, JsonSchema>
  mapper: DescribingMapper
  /** What `--overlays` names; then the problems are those of everything together. */
  overlays: OverlayFolder | null
}

export interface OpenOptions {
  makeMapper?: (options: MapperOptions) => DescribingMapper
  /** Only the mappings that this may name: the others cost a second. */
  named?: string
}

/** As the options `--dir` and `--overlays` say. */
export async function openMappings(
  options: Readonly<Record<string, unknown>>,
  { makeMapper = createMapper, named }: OpenOptions = {},
): Promise<MappingFolder> {
  const dir = String(options['dir'] ?? 'mappings')
  try {
    const { schemas, sources, problems: broken } = await readSchemas(dir)
    const mapper = makeMapper({ schemas, sources, settings: SETTINGS_SCHEMAS })
    const folder = options['overlays']
    // What a folder of overlays names may lead to any mapping.
    const isWanted = named === undefined || folder ? undefined : (file: string) => mayName(dir, named, file)
    const loaded = await loadMappings(dir, mapper, isWanted)
    const overlays = typeof folder === 'string' ? await openOverlays(folder, { dir, mapper }) : null
    const problems = [...broken, ...(overlays?.problems ?? loaded.problems)]
    return { dir, schemas, mapper, ...loaded, overlays, problems }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    throw new HubError('INPUT_INVALID', {
      detail: `“${dir}” is no folder of mappings: it has no canonical/.`,
      cause,
    })
  }
}

interface Named extends Pick<LoadedMappings, 'problems'> {
  plans: readonly Plan[]
  dir: string
}

/** By its id, by the path of its file, or by the end of either where only one mapping ends so. */
export function planNamed(folder: Readonly<Named>, given: string): Plan {
  const { plans, dir } = folder
  const id = idOf(dir, given)
  const exact = plans.find(plan => plan.id === id)
  const ending = plans.filter(plan => plan.id.endsWith(`/${id}`))
  const found = exact ?? (ending.length === 1 ? ending[0] : undefined)
  if (found) return found
  if (isBroken(folder, given)) throw new HubError('MAPPINGS_BROKEN', { detail: `“${given}”.` })
  const several = ending.map(plan => plan.id).join(', ')
  throw new HubError('NOT_FOUND', {
    detail: several ? `“${given}” may be ${several}.` : `Mapping “${given}”.`,
  })
}

/** Whether a mapping is there and does not compile. */
export function isBroken({ problems, dir }: Pick<Named, 'problems' | 'dir'>, given: string): boolean {
  return problems.some(({ file, severity }) => severity === 'error' && mayName(dir, given, file))
}

/** Whether what was given may mean this file. */
export const mayName = (dir: string, given: string, file: string): boolean =>
  `/${file}`.endsWith(`/${idOf(dir, given)}${ENDING}`)

export const ENDING = '.map.yaml'

const idOf = (dir: string, given: string): string => withoutFolder(dir, given).replace(/\.map\.yaml$/, '')

function withoutFolder(dir: string, path: string): string {
  const inside = relative(dir, path)
  return path.endsWith(ENDING) && !inside.startsWith('..') ? inside : path
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
