import { SETTINGS_SCHEMAS } from '#connectors/registry.ts'
import type { JsonSchema } from '#core/contracts/connector.ts'
import type { Problem } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { createMappingCatalogue } from '#core/mapping/catalogue/create-mapping-catalogue.ts'
import type { MappingCatalogue } from '#core/mapping/catalogue/mapping-catalogue.ts'
import { type LayerFile, readLayerFiles } from '#core/mapping/catalogue/mapping-files.ts'
import { createPublishing, type Publishing } from '#core/mapping/catalogue/publish.ts'
import { createReadCase } from '#core/mapping/catalogue/read-case.ts'
import { loadAllSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'
import { linesOf } from '#core/mapping/source/problems.ts'
import type { Base } from './base.ts'

export interface Mappings {
  schemas: Record<string, JsonSchema>
  catalogue: MappingCatalogue
  publishing: Publishing
}

type MappingBase = Pick<Base, 'config' | 'store' | 'directory' | 'clock' | 'record' | 'telemetry'>

/**
 * Compiles what is shipped and declared: what does not compile stops the start and names its line. What was published
 * and no longer compiles is logged, and the messages concerned are parked.
 */
export async function composeMappings(base: MappingBase, dir: string): Promise<Mappings> {
  const { config, store, directory, telemetry } = base
  const { overlays } = config.mappings
  const { schemas, sources } = await loadAllSchemas(dir)
  const catalogue = createMappingCatalogue({
    mapper: createMapper({ schemas, sources, settings: SETTINGS_SCHEMAS }),
    files: [...(await readLayerFiles(dir)), ...(overlays === null ? [] : await readOverlays(overlays))],
    published: store.mappings,
    onBroken: (mapping, problems) =>
      telemetry.log('error', 'mapping does not compile', { mapping, detail: linesOf(errorsOf(problems)) }),
  })
  const connections = await directory.list()
  const errors = errorsOf(catalogue.check(connections))
  if (errors.length > 0) throw new HubError('MAPPINGS_BROKEN', { detail: linesOf(errors) })
  await catalogue.refresh()
  catalogue.check(connections)
  const readCase = createReadCase(overlays === null ? [dir] : [overlays, dir])
  const publishing = createPublishing({
    ...base,
    ...{ catalogue, readCase },
    mappings: store.mappings,
    tenants: config.tenants,
  })
  return { schemas, catalogue, publishing }
}

const errorsOf = (problems: readonly Problem[]): Problem[] =>
  problems.filter(({ severity }) => severity === 'error')

async function readOverlays(folder: string): Promise<LayerFile[]> {
  try {
    return await readLayerFiles(folder)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause
    throw new HubError('CONFIG_INVALID', {
      detail: `mappings.overlays: there is no folder ${folder}.`,
      cause,
    })
  }
}
