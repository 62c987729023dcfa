import type { Problem } from '../../contracts/mapper.ts'
import { nearest } from '../check/nearest.ts'
import type { KnownLayer } from './layer-stack.ts'
import { fileNameOf } from './topic-plans.ts'

/** Overlays of mappings that do not exist. */
export function orphanProblems(layers: ReadonlyMap<string, readonly KnownLayer[]>): Problem[] {
  const known = [...layers].filter(([, own]) => own.some(startsOver)).map(([mapping]) => mapping)
  const orphans = [...layers.values()].filter(own => !own.some(startsOver)).flat()
  return orphans.map(layer => ({
    code: 'MAPPING_UNKNOWN',
    severity: 'error',
    file: fileNameOf(layer),
    line: 1,
    column: 1,
    message:
      layer.mapping === ''
        ? '`extends` must name a mapping.'
        : `There is no mapping \`${layer.mapping}\` to extend.`,
    ...hintFor(layer.mapping, known),
  }))
}

const startsOver = ({ header }: KnownLayer): boolean => header.extends === null

function hintFor(mapping: string, known: readonly string[]): { hint?: string } {
  const hint = nearest(mapping, known)
  return hint === undefined ? {} : { hint }
}
