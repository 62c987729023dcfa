import type { Manifest } from '#core/contracts/connector.ts'
import type { Resource } from '#core/contracts/store.ts'
import { createPark } from '#core/deadletter/park.ts'
import { checkInvariants } from '#core/documents/invariants.ts'
import { createValidator } from '#core/documents/validate.ts'
import type { HubError } from '#core/errors/hub-error.ts'
import { createAccept } from '#core/inbox/accept.ts'
import { messagePriority } from '#core/inbox/priority.ts'
import { createBreakers } from '#core/resilience/circuit-breaker.ts'
import { createDeliver } from '#core/sync/deliver.ts'
import { compileFlows } from '#core/sync/flows.ts'
import { createOutgoing } from '#core/sync/outgoing.ts'
import { planDeliveries } from '#core/sync/plan.ts'
import { createTranslate } from '#core/sync/translate.ts'
import type { Base } from './base.ts'
import type { Mappings } from './mappings.ts'

/** The parts that do the work, made once for all roles of this process. */
export type Engine = ReturnType<typeof composeEngine>

export function composeEngine(base: Base, mappings: Mappings) {
  const { store, telemetry, clock, directory, connectors, config, operations } = base
  const breakers = createBreakers({ clock })
  const flows = compileFlows(config.flows)
  const validator = createValidator(mappings.schemas)
  const park = createPark({ store, telemetry, clock, directory })

  const accept = createAccept({
    ...base,
    priorityOf: ({ connector, topic, via }) =>
      messagePriority(resourceOf(connectors.get(connector)?.manifest, topic), via),
  })

  async function unauthorize(connection: string, error: HubError): Promise<void> {
    await store.connections.patch(connection, {
      state: 'unauthorized',
      stateReason: error.detail || error.publicMessage,
      updatedAt: clock.now(),
    })
    directory.refresh(connection)
    telemetry.log('error', 'connection needs authorisation', { connection, detail: error.detail })
  }

  const translate = createTranslate({
    ...base,
    ...config.engine,
    planFor: mappings.planFor,
    mapper: mappings.mapper,
    inspect: (resource, body) => {
      const problems = validator.validate(resource, body)
      return problems.length > 0 ? problems : checkInvariants(resource, body)
    },
    async planDeliveries(document) {
      const endpoints = (await directory.list()).map(connection => ({
        ...endpointOf(connection),
        kind: kindOf(base, connection.connector),
      }))
      return planDeliveries(document, flows, endpoints)
    },
    park,
    resolve: operations.resolveBySuccess,
  })

  const deliver = createDeliver({
    ...base,
    ...config.engine,
    dependencyWaitMs: config.engine.dependencyWaitHours * 3_600_000,
    breakers,
    park,
    resolve: operations.resolveBySuccess,
    outgoing: createOutgoing(mappings),
    unauthorize,
  })

  return { accept, translate, deliver, breakers, unauthorize }
}

const endpointOf = ({ id, tenant, connector }: { id: string; tenant: string; connector: string }) => ({
  id,
  tenant,
  connector,
})

const kindOf = ({ connectors }: Base, connector: string): string =>
  connectors.get(connector)?.manifest.kind ?? 'erp'

function resourceOf(manifest: Manifest | undefined, topic: string): Resource | undefined {
  const polled = Object.entries(manifest?.polls ?? {}).find(([, poll]) => poll.topic === topic)
  return manifest?.topics[topic] ?? (polled?.[0] as Resource | undefined)
}
