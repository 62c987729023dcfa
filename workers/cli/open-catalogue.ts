import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import type { MappingFile } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { MappingCatalogue } from '#core/mapping/catalogue/mapping-catalogue.ts'
import { readHeader } from '#core/mapping/catalogue/read-header.ts'
import { mappingIdOf } from '#core/mapping/compile.ts'
import type { Base } from '../compose/base.ts'
import { composeDocuments } from '../compose/documents.ts'
import { composeMappings, type Mappings } from '../compose/mappings.ts'
import { composeWhatIf, type WhatIf } from '../compose/what-if.ts'
import type { Call } from './command.ts'

/** Mappings as the hub beside which the command works has them: files, and what was published. */
export interface OpenCatalogue extends Mappings, WhatIf {
  base: Base
  dir: string
}

export async function openCatalogue({ hub, options }: Pick<Call, 'hub' | 'options'>): Promise<OpenCatalogue> {
  const dir = String(options['dir'] ?? 'mappings')
  const base = await hub.base()
  const mappings = await composeMappings(base, dir)
  const documents = composeDocuments(base, mappings.schemas)
  return { base, dir, ...mappings, ...composeWhatIf(base, mappings, documents) }
}

/** A mapping by its id, or by the end of it where only one ends so. */
export function mappingNamed({ catalogue }: Pick<Mappings, 'catalogue'>, given: string): string {
  const ids = catalogue.ids()
  const ending = ids.filter(id => id.endsWith(`/${given}`))
  if (ids.includes(given)) return given
  if (ending.length === 1) return ending[0]!
  const detail = ending.length > 1 ? `“${given}” may be ${ending.join(', ')}.` : `Mapping “${given}”.`
  throw new HubError('NOT_FOUND', { detail })
}

export interface Draft {
  mapping: string
  file: MappingFile
}

/** A file that may be published. An overlay names its mapping; another file tells it by where it stands, or by its topics. */
export async function readDraft(
  { catalogue, dir }: Pick<OpenCatalogue, 'catalogue' | 'dir'>,
  path: string,
): Promise<Draft> {
  const text = await readFile(path, 'utf8')
  const inside = relative(dir, path)
  const file = { path: inside.startsWith('..') ? path : inside, text }
  const { extends: extended } = readHeader(file)
  const mapping = extended ?? mappingAt(catalogue, file)
  if (catalogue.layers(mapping).length > 0) return { mapping, file }
  throw new HubError('NOT_FOUND', { detail: `Mapping “${mapping}”.` })
}

function mappingAt(catalogue: MappingCatalogue, file: MappingFile): string {
  const id = mappingIdOf(file.path)
  if (catalogue.layers(id).length > 0) return id
  const { connector, topics } = readHeader(file)
  const names = new Set(topics.map(({ name }) => name))
  const known = catalogue.plans(connector).find(plan => plan.topics.some(one => names.has(one)))
  return known?.id ?? id
}
