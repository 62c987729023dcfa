import { isMap } from 'yaml'
import type { MappingFile } from '../../contracts/mapper.ts'
import type { MappingScope } from '../../contracts/store.ts'
import type { Place } from '../source/problems.ts'
import { readScope } from '../source/read-scope.ts'
import { type Entry, YamlFile } from '../source/yaml-file.ts'

/** What a file says of itself at its head, read without compiling it. */
export interface Header {
  /** Id of the mapping that it is laid over; null for a file that starts over. */
  extends: string | null
  scope: MappingScope
  connector: string
  connectorPlace: Place
  topics: { name: string; place: Place }[]
  outgoing: boolean
}

/** As far as it can be read: what is wrong with it is told when the file is compiled. */
export function readHeader({ path, text }: MappingFile): Header {
  const file = new YamlFile(path, headOf(text))
  const entries = isMap(file.root) ? file.entries(file.root, '') : []
  const entryOf = (key: string): Entry | undefined => entries.find(entry => entry.key === key)
  const textOf = (key: string): string => {
    const value = file.scalar(entryOf(key)?.value ?? null)
    return typeof value === 'string' ? value : ''
  }
  return {
    extends: entryOf('extends') ? textOf('extends') : null,
    scope: readScope(file, entryOf('for')),
    connector: textOf('connector'),
    connectorPlace: file.placeOf(entryOf('connector')?.value ?? null),
    topics: topicsOf(file, entryOf('topics')),
    outgoing: entryOf('from') !== undefined,
  }
}

const HEAD_KEY = /^["']?(?:extends|for|connector|topics|from)["']?\s*:/

/** Only what is read here, on its lines: to parse all of a mapping takes as long as to compile half of it. */
function headOf(text: string): string {
  let within = false
  const lines = text.split('\n').map(line => {
    const beginsKey = /^[^\s#-]/.test(line)
    if (beginsKey) within = HEAD_KEY.test(line)
    return within ? line : ''
  })
  return lines.some(line => line !== '') ? lines.join('\n') : text
}

function topicsOf(file: YamlFile, entry: Entry | undefined): Header['topics'] {
  if (!entry) return []
  return file
    .items(entry.value, '')
    .map(node => ({ name: String(file.scalar(node) ?? ''), place: file.placeOf(node) }))
}
