import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConnectorKind } from '#core/contracts/connector.ts'

/** Folder of each kind, below `connectors/` and `mappings/`. */
export const KIND_FOLDERS: Readonly<Record<ConnectorKind, string>> = {
  storefront: 'storefronts',
  marketplace: 'marketplaces',
  pos: 'pos',
  fulfilment: 'fulfilment',
  carrier: 'carriers',
  erp: 'erp',
}

export interface NewConnector {
  kind: ConnectorKind
  /** Kebab case. */
  id: string
}

/** The files of a new connector by their path in the project: they compile, and the kit says what is missing. */
export function scaffold({ kind, id }: NewConnector): Record<string, string> {
  const folder = KIND_FOLDERS[kind]
  const words: Record<string, string> = { id, kind, folder, name: titleOf(id), const: camel(id) }
  const files: Record<string, string> = {}
  const write = (templates: string, target: string) => {
    const from = join(import.meta.dirname, templates)
    for (const file of readdirSync(from))
      files[`${target}/${file.replace(/\.txt$/, '')}`] = filled(join(from, file), words)
  }
  write('connector', `connectors/${folder}/${id}`)
  write('mapping', `mappings/${folder}/${id}`)
  return files
}

const filled = (path: string, words: Record<string, string>): string =>
  readFileSync(path, 'utf8').replaceAll(
    /@@(\w+)@@/g,
    (placeholder, word: string) => words[word] ?? placeholder,
  )

const titleOf = (id: string): string =>
  id.replaceAll(
    /(^|-)([a-z0-9])/g,
    (_all, dash: string, letter: string) => `${dash && ' '}${letter.toUpperCase()}`,
  )

const camel = (id: string): string =>
  id.replaceAll(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase())
