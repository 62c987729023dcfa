import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parse } from '@babel/parser'

/** The project's own TypeScript, by path from the root. */
export const sourceFiles = (): string[] =>
  globSync('{config,core,connectors,mappings,workers,test,scripts}/**/*.ts', {
    exclude: path => path.includes('node_modules') || path.includes('/dist/'),
  }).toSorted()

export interface Import {
  from: string
  /** Path from the root for the project's own files, else the package's name. */
  to: string
  own: boolean
  typeOnly: boolean
}

/** Static imports and re-exports of a file. */
export function importsOf(file: string): Import[] {
  const { program } = parse(readFileSync(file, 'utf8'), { sourceType: 'module', plugins: ['typescript'] })
  return program.body.flatMap(node => {
    if (
      node.type !== 'ImportDeclaration' &&
      node.type !== 'ExportNamedDeclaration' &&
      node.type !== 'ExportAllDeclaration'
    )
      return []
    if (!node.source) return []
    const kind = node.type === 'ImportDeclaration' ? node.importKind : node.exportKind
    const members = node.type === 'ExportAllDeclaration' ? [] : node.specifiers
    const allTypes =
      members.length > 0 && members.every(member => 'importKind' in member && member.importKind === 'type')
    return [{ from: file, ...target(file, node.source.value), typeOnly: kind === 'type' || allTypes }]
  })
}

function target(file: string, specifier: string): { to: string; own: boolean } {
  if (specifier.startsWith('#')) return { to: specifier.slice(1), own: true }
  if (specifier.startsWith('.')) return { to: normalize(join(dirname(file), specifier)), own: true }
  return { to: specifier.startsWith('node:') ? specifier : packageName(specifier), own: false }
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
