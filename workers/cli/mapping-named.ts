import { join } from 'node:path'
import type { Plan } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import type { ReadFile } from '#core/mapping/cases.ts'
import { type MappingFolder, planNamed, readBeside } from './mapping-folder.ts'

/** A mapping that is tried, with the cases that stand beside its file. */
export interface NamedMapping {
  /** Id of the mapping, or path of the overlay. */
  name: string
  plan: Plan
  cases: { path: string; text: string } | null
  /** Inputs of its cases. */
  readCase: ReadFile
}

/** A mapping as it holds for everybody; by the file of an overlay, what that makes of its mapping for whom it is. */
export function mappingNamed(folder: MappingFolder, given: string): NamedMapping {
  const overlay = overlayMappings(folder).find(({ name }) => isNamed(name, given))
  const found = overlay ?? shippedMapping(folder, planNamed(folder, given))
  const plan = !overlay && folder.overlays ? folder.overlays.planFor(found.name) : found.plan
  if (!plan) throw new HubError('MAPPINGS_BROKEN', { detail: `“${given}”.` })
  return { ...found, plan }
}

/** By the path of its file, from its folder or from further up. */
export const isNamed = (path: string, given: string): boolean => path === given || given.endsWith(`/${path}`)

export function shippedMapping(folder: MappingFolder, plan: Plan): NamedMapping {
  const path = `${plan.id}.test.yaml`
  const text = readBeside(folder, path)
  const readCase = (file: string) => readOrThrow(folder, file)
  return { name: plan.id, plan, cases: text === null ? null : { path, text }, readCase }
}

/** What the folder of overlays holds; a plan is null where it does not compile. */
export const overlayMappings = ({
  overlays,
}: MappingFolder): (Omit<NamedMapping, 'plan'> & { plan: Plan | null })[] =>
  overlays?.layers.map(({ path, plan, cases }) => ({
    name: path,
    plan,
    cases,
    readCase: overlays.readCase,
  })) ?? []

/** Where the rules of a plan stand, as an editor opens it. `file`: where a rule is of an overlay. */
export function rulePath({ dir, overlays }: MappingFolder, plan: Plan, file?: string): string {
  const path = file ?? `${plan.id}.map.yaml`
  return join(overlays?.owns(path) ? overlays.dir : dir, path)
}

function readOrThrow(folder: MappingFolder, file: string): string {
  const text = readBeside(folder, file)
  if (text === null) throw new HubError('NOT_FOUND', { detail: `There is no “${join(folder.dir, file)}”.` })
  return text
}
