import type { JsonSchema } from '#core/contracts/connector.ts'
import type { Mapper, Plan } from '#core/contracts/mapper.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { loadMappings, loadSchemas } from '#core/mapping/load.ts'
import { createMapper } from '#core/mapping/mapper.ts'

export interface Mappings {
  mapper: Mapper
  plans: readonly Plan[]
  schemas: Record<string, JsonSchema>
  planFor(connector: string, topic: string): Plan | undefined
  outgoing(id: string): Plan | undefined
}

/** Compiles every shipped mapping; one that does not compile stops the start and names its line. */
export async function composeMappings(dir: string): Promise<Mappings> {
  const schemas = await loadSchemas(dir)
  const mapper = createMapper({ schemas })
  const { plans, problems, byTopic, outgoing } = await loadMappings(dir, mapper)
  const errors = problems.filter(problem => problem.severity === 'error')
  if (errors.length > 0) {
    const lines = errors.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`)
    throw new HubError('MAPPINGS_BROKEN', { detail: lines.join('\n') })
  }
  return {
    mapper,
    plans,
    schemas,
    planFor: (connector, topic) => byTopic.get(`${connector} ${topic}`),
    outgoing: id => outgoing.get(id),
  }
}
