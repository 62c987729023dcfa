import { isMap } from 'yaml'
import type { MappingScope } from '../../contracts/store.ts'
import { nearest } from '../check/nearest.ts'
import type { Entry, YamlFile } from './yaml-file.ts'

const KINDS = ['tenant', 'connection'] as const

/** `for`: one tenant or one connection; absent, everybody. What is wrong is reported, and then it is everybody too. */
export function readScope(file: YamlFile, entry: Entry | undefined): MappingScope {
  if (!entry) return '*'
  const [whom, ...more] = file.entries(entry.value, '`for`')
  if (!whom) {
    if (isMap(entry.value)) file.wrong(entry.value, '`for` names a tenant or a connection.')
    return '*'
  }
  const kind = KINDS.find(one => one === whom.key)
  if (!kind) file.problems.add('KEY_UNKNOWN', whom.keyPlace, `\`for\` has no \`${whom.key}\`.`, hintFor(whom))
  for (const { keyPlace } of more)
    file.problems.add('VALUE_WRONG', keyPlace, '`for` names one tenant or one connection.')
  const id = file.scalar(whom.value)
  if (kind && typeof id === 'string' && id !== '') return `${kind}:${id}`
  if (kind) file.wrong(whom.value, `\`for.${kind}\` must be an id.`)
  return '*'
}

const hintFor = ({ key }: Entry): string => nearest(key, KINDS) ?? 'Either `tenant` or `connection`.'
