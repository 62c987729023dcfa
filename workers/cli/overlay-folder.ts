import { join, relative } from 'node:path'
import type { Plan, Problem } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { ReadFile } from '#core/mapping/cases.ts'
import { createMappingCatalogue } from '#core/mapping/catalogue/create-mapping-catalogue.ts'
import { audienceOf } from '#core/mapping/catalogue/layer-stack.ts'
import type { MappingCatalogue } from '#core/mapping/catalogue/mapping-catalogue.ts'
import { casesPathOf, type LayerFile, readLayerFiles } from '#core/mapping/catalogue/mapping-files.ts'
import { createReadCase } from '#core/mapping/catalogue/read-case.ts'
import { readHeader } from '#core/mapping/catalogue/read-header.ts'
import { mappingIdOf } from '#core/mapping/compile.ts'
import type { DescribingMapper } from '#core/mapping/mapper.ts'

/** A folder laid over the mappings, as `mappings.overlays` lays it. */
export interface OverlayFolder {
  dir: string
  /** Of everything together; files by their path from the folder of the mappings. */
  problems: Problem[]
  layers: OverlayPlan[]
  /** Inputs of cases, from either folder. */
  readCase: ReadFile
  /** A mapping as it holds for everybody; null where there is none, or where it does not compile. */
  planFor(mapping: string): Plan | null
  /** Whether a file that a rule or a problem names is of this folder. */
  owns(path: string): boolean
}

/** What a file of the folder makes of its mapping, for whom it is. */
export interface OverlayPlan {
  path: string
  plan: Plan | null
  cases: { path: string; text: string } | null
}

export async function openOverlays(
  folder: string,
  { dir, mapper }: { dir: string; mapper: DescribingMapper },
): Promise<OverlayFolder> {
  const own = await readOwn(folder)
  const catalogue = createMappingCatalogue({
    mapper,
    files: [...(await readLayerFiles(dir)), ...own],
    published: NOTHING_PUBLISHED,
    onBroken: () => undefined,
  })
  const paths = new Set(own.map(({ path }) => path))
  const located = (problem: Problem): Problem =>
    paths.has(problem.file) ? { ...problem, file: relative(dir, join(folder, problem.file)) } : problem
  return {
    dir: folder,
    problems: catalogue.check().map(located),
    layers: own.map(file => overlayPlan(file, catalogue)),
    readCase: createReadCase([folder, dir]),
    planFor: mapping => catalogue.compiled(mapping)?.plan ?? null,
    owns: path => paths.has(path),
  }
}

function overlayPlan(file: LayerFile, catalogue: MappingCatalogue): OverlayPlan {
  const { path, cases } = file
  const header = readHeader(file)
  const compiled = catalogue.compiled(header.extends ?? mappingIdOf(path), audienceOf(header.scope))
  return {
    path,
    plan: compiled?.plan ?? null,
    cases: cases === '' ? null : { path: casesPathOf(path), text: cases },
  }
}

async function readOwn(folder: string): Promise<LayerFile[]> {
  try {
    return await readLayerFiles(folder)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    throw new HubError('INPUT_INVALID', { detail: `There is no folder “${folder}”.`, cause })
  }
}

/** The command line judges files; what a hub was given beside them is not there. */
const NOTHING_PUBLISHED = { heads: async () => [], count: async () => 0 }
