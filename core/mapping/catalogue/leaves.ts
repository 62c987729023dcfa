import type { MappedDocument } from '../../contracts/mapper.ts'

/** Every value of a mapped document by its pointer, as JSON; what stands beside the body by its key in the mapping. */
export function leavesOf({
  externalId,
  number,
  revision,
  dependsOn,
  body,
}: MappedDocument): Map<string, string> {
  const leaves = new Map<string, string>()
  const add = (key: string, value: unknown) => {
    if (value !== undefined) leaves.set(key, JSON.stringify(value))
  }
  const walk = (value: unknown, pointer: string): void => {
    const members = typeof value === 'object' && value !== null ? Object.entries(value) : []
    if (members.length === 0) add(pointer, value)
    for (const [name, member] of members) walk(member, `${pointer}/${escaped(name)}`)
  }
  for (const [key, value] of Object.entries({ identity: externalId, number, revision, dependsOn }))
    add(key, value)
  walk(body, '')
  return leaves
}

/** A name as a part of a JSON pointer. */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')
