import { maskPersonal } from '#core/deadletter/mask.ts'
import { createPark } from '#core/deadletter/park.ts'
import { asHubError } from '#core/errors/hub-error.ts'
import { createDriftWatch } from '#core/health/drift.ts'
import { createBreakers } from '#core/resilience/circuit-breaker.ts'
import { createSharedBreakers } from '#core/resilience/shared-breakers.ts'
import { createAnswerPrivacy } from '#core/sync/answer-privacy.ts'
import { createDeliver } from '#core/sync/deliver.ts'
import { createOutgoing } from '#core/sync/outgoing.ts'
import { createTranslate } from '#core/sync/translate.ts'
import { composeAccept } from './accept.ts'
import type { Base } from './base.ts'
import { composeDocuments } from './documents.ts'
import { composeInventory } from './inventory.ts'
import type { Mappings } from './mappings.ts'
import { composeOrchestration } from './orchestration.ts'
import { composeWhatIf } from './what-if.ts'

/** The parts that do the work, made once for all roles of this process. */
export type Engine = ReturnType<typeof composeEngine>

export function composeEngine(base: Base, mappings: Mappings) {
  const { store, telemetry, clock, directory, config, operations } = base
  const { catalogue, schemas } = mappings
  const breakers = createSharedBreakers({
    breakers: createBreakers({ clock }),
    circuits: base.shared.circuits,
    clock,
    onError: thrown =>
      telemetry.log('warn', 'other processes could not be told of a circuit', {
        code: asHubError(thrown).code,
      }),
  })
  const documents = composeDocuments(base, schemas)
  const drift = createDriftWatch({ store, telemetry, mapper: catalogue.mapper, mask: maskPersonal })
  const park = createPark({ store, telemetry, clock, directory })

  const accept = composeAccept(base)
  const orchestration = composeOrchestration(base)
  const inventory = composeInventory(base)
  const stock = inventory?.keeper

  const answerPrivacy = createAnswerPrivacy({ ...base, ...config.engine, park })
  const dependencyWaitMs = config.engine.dependencyWaitHours * 3_600_000
  const translate = createTranslate({
    ...base,
    ...config.engine,
    dependencyWaitMs,
    ...documents,
    ...orchestration,
    stock,
    planFor: (connection, topic) => catalogue.planFor(connection, topic),
    mapper: catalogue.mapper,
    observe: drift.observe,
    park,
    answerPrivacy,
    resolve: operations.resolveBySuccess,
  })

  const deliver = createDeliver({
    ...base,
    ...config.engine,
    dependencyWaitMs,
    breakers,
    park,
    ...orchestration,
    stock,
    resolve: operations.resolveBySuccess,
    outgoing: createOutgoing({
      mapper: catalogue.mapper,
      outgoing: (destination, id) => catalogue.outgoing(destination, id),
    }),
  })

  const whatIf = composeWhatIf(base, mappings, documents)
  return { accept, translate, deliver, drift, breakers, whatIf, orchestration, inventory }
}
