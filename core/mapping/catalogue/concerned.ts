import type { LiveConnection } from '../../accounts/directory.ts'
import { type Principal, sees } from '../../accounts/roles.ts'
import type { MappingScope } from '../../contracts/store.ts'
import { HubError } from '../../errors/hub-error.ts'
import { audienceOf, holdsFor } from './layer-stack.ts'
import type { Audience, Layer, MappingCatalogue } from './mapping-catalogue.ts'

/** Tenants and connections that there are. */
export interface Known {
  tenants: readonly { id: string }[]
  connections: readonly Pick<LiveConnection, 'id' | 'tenant'>[]
}

/** A scope must name somebody who is there, and whom this principal may act for. */
export function refuseScope(scope: MappingScope, actor: Principal, { tenants, connections }: Known): void {
  if (scope === '*') {
    if (actor.tenant === undefined) return
    throw new HubError('NOT_ALLOWED', { detail: 'It would be for every tenant.' })
  }
  const { tenant, id } = audienceOf(scope)
  const found =
    id === undefined
      ? tenants.some(one => one.id === tenant && sees(actor, { tenant: one.id }))
      : connections.some(one => one.id === id && sees(actor, one))
  if (found) return
  const [kind, name] = id === undefined ? ['tenant', tenant] : ['connection', id]
  throw new HubError('INPUT_INVALID', {
    detail: `\`for\` names the ${kind} “${name}”, which does not exist.`,
  })
}

export type Concerned = readonly [Audience, ...Audience[]]

/**
 * Whom a change in the scope concerns: whom it names, then one connection of every other kind of stack that it is part
 * of. What is broken already is not held against the change.
 */
export function audiencesOf(
  { mapping, scope }: { mapping: string; scope: MappingScope },
  catalogue: MappingCatalogue,
  connections: Known['connections'],
): Concerned {
  const named = scope.startsWith('connection:') ? [] : [audienceOf(scope)]
  const byStack = new Map<string, Audience>()
  for (const audience of [...named, ...connections.filter(connection => holdsFor(scope, connection))]) {
    const key = stackKey(catalogue.layers(mapping, audience))
    if (key !== '' && !byStack.has(key)) byStack.set(key, audience)
  }
  const [first, ...others] = byStack.values()
  if (!first) throw new HubError('NOT_FOUND', { detail: `Mapping “${mapping}”.` })
  return [first, ...others.filter(audience => catalogue.compiled(mapping, audience)?.plan)]
}

const stackKey = (layers: readonly Layer[]): string =>
  layers.map(({ scope, file }) => `${scope} ${file.path} ${file.published ?? ''}`).join('\n')
