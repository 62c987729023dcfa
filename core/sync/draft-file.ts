import type { MappingFile } from '../contracts/mapper.ts'
import { readHeader } from '../mapping/catalogue/read-header.ts'

/** A text that somebody is writing, under the name that it would be published by. */
export function draftFile(mapping: string, text: string): MappingFile {
  const kind = readHeader({ path: mapping, text }).extends === null ? 'map' : 'overlay'
  return { path: `${mapping}.${kind}.yaml`, text }
}
