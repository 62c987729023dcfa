import type { LiveConnection } from '../accounts/directory.ts'
import type { Mapper, Plan } from '../contracts/mapper.ts'
import type { Resource, StoredDocument } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { isErrorCode } from '../errors/register.ts'
import type { ConnectionScope } from '../mapping/catalogue/mapping-catalogue.ts'

export interface OutgoingDeps {
  mapper: Mapper
  /** An outgoing mapping by id, with the overlays of this destination. */
  outgoing(destination: ConnectionScope, id: string): Plan | undefined
}

/**
 * What a destination is sent: the canonical document, or what the mapping of its setting `mapping` makes of it: one id, or
 * one for each resource.
 */
export type Outgoing = (document: StoredDocument, destination: LiveConnection) => Record<string, unknown>

export function createOutgoing({ mapper, outgoing }: OutgoingDeps): Outgoing {
  return (document, destination) => {
    const { id, tenant, settings, tables } = destination
    const name = mappingFor(settings['mapping'], document.resource)
    if (name === null) return document.body
    const plan = outgoing(destination, name)
    if (!plan)
      throw new HubError('MAPPING_ABSENT', {
        detail: `There is no outgoing mapping “${name}”.`,
        fingerprint: name,
      })
    if (!plan.topics.includes(document.resource)) return document.body
    const result = mapper.run(plan, document.body, {
      tables: tables[plan.id],
      bindings: { connection: { id, tenant, settings } },
    })
    if (result.ok) return result.output.body
    if ('skipped' in result) throw new HubError('SOURCE_SKIPPED', { detail: `Mapping “${name}”.` })
    const [first] = result.problems
    throw new HubError(first && isErrorCode(first.code) ? first.code : 'MAPPING_EXPRESSION', {
      detail: first?.message,
      fingerprint: first?.target,
    })
  }
}

function mappingFor(setting: unknown, resource: Resource): string | null {
  if (typeof setting === 'string') return setting
  const own = (setting as Partial<Record<Resource, unknown>> | null | undefined)?.[resource]
  return typeof own === 'string' ? own : null
}
