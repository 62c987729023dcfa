import type { PushOperation } from '#core/contracts/connector.ts'
import type { Resource } from '#core/contracts/store.ts'
import type { Bench } from '../bench/bench.ts'
import type { Kit } from '../kit.ts'

export interface OperationOf {
  resource: Resource
  n?: number
  revision?: number
  externalId?: string | null
  uncertain?: boolean
  sending?(): void
}

/** The nth document as the deliverer hands it over. */
export function operationOf({ conformance }: Kit, of: OperationOf): PushOperation {
  const {
    resource,
    n = 1,
    revision = 1,
    externalId = null,
    uncertain = false,
    sending = () => undefined,
  } = of
  const given = conformance.pushes![resource]!.operation(n, revision)
  return { ...given, resource, revision, externalId, uncertain, sending, idempotencyKey: `hub-${given.key}` }
}

export const pushedResources = ({ conformance }: Kit): Resource[] =>
  Object.keys(conformance.pushes ?? {}) as Resource[]

/** The reason why checks of pushes do not apply, or true. */
export function canPush(kit: Kit): true | string {
  if (!kit.connector.push) return 'The connector writes nothing.'
  if (!kit.conformance.simulator) return 'conformance.ts has no `simulator`.'
  return pushedResources(kit).length > 0 ? true : 'conformance.ts has no `pushes`.'
}

/** Records of a resource at the partner, as text: two states that differ are two texts. */
export const heldText = ({ simulator }: Bench, resource: Resource): string =>
  JSON.stringify(simulator?.held?.(resource) ?? null)
