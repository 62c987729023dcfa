import type { Plan } from '../contracts/mapper.ts'
import { HubError } from '../errors/hub-error.ts'
import type { ConnectionScope, MappingCatalogue } from '../mapping/catalogue/mapping-catalogue.ts'

/** What holds for a topic of a connection. One that broke since it was published holds for nobody: messages are parked. */
export function holdingPlan(
  catalogue: MappingCatalogue,
  connection: ConnectionScope,
  topic: string,
): Plan | undefined {
  try {
    return catalogue.planFor(connection, topic)
  } catch (thrown) {
    if (thrown instanceof HubError && thrown.recovery === 'park') return undefined
    throw thrown
  }
}
