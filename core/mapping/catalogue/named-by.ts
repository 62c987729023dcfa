import { parse } from 'yaml'
import type { MappingFile } from '../../contracts/mapper.ts'
import { escaped } from './leaves.ts'

const ASIDE = ['skip', 'identity', 'number', 'revision', 'dependsOn']

/** Whether an overlay says something of a leaf: of itself, or of an object or array that it is part of. */
export function namedBy({ text }: MappingFile): (leaf: string) => boolean {
  const content = parse(text) as Record<string, unknown>
  const named = new Set(ASIDE.filter(key => key in content))
  nameMembers(content['document'], '', named)
  return leaf => named.has(leaf) || prefixesOf(leaf).some(prefix => named.has(prefix))
}

function nameMembers(value: unknown, pointer: string, named: Set<string>): void {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isMap) named.add(pointer)
  else
    for (const [name, member] of Object.entries(value)) {
      // A directive concerns all of its object or array.
      if (name.startsWith('$')) named.add(pointer)
      else nameMembers(member, `${pointer}/${escaped(name)}`, named)
    }
}

/** Without the positions in arrays, which a mapping does not have. */
function prefixesOf(leaf: string): string[] {
  const names = leaf
    .split('/')
    .slice(1)
    .filter(name => !/^\d+$/.test(name))
  return names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`)
}
