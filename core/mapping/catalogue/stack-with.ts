import type { Mapper, Problem } from '../../contracts/mapper.ts'
import type { MappingScope } from '../../contracts/store.ts'
import { type KnownLayer, stackOf } from './layer-stack.ts'
import type { Audience } from './mapping-catalogue.ts'
import { fileNameOf, type Stack, topicTaken } from './topic-plans.ts'

/** A change of what is published in a scope. */
export interface Draft {
  mapping: string
  scope: MappingScope
  /** Null: nothing is published there any more. */
  draft: KnownLayer | null
}

export interface ChangeContext {
  audience: Audience
  /** All layers of the mapping, whoever they are for. */
  layers: readonly KnownLayer[]
  /** The lowest layers of the other mappings as they hold for the audience. */
  others: readonly KnownLayer[]
  mapper: Mapper
}

/** What would hold for the audience after a change. */
export function stackWith({ mapping, scope, draft }: Draft, context: ChangeContext): Stack {
  const { audience, layers, others, mapper } = context
  const kept = layers.filter(layer => !(layer.published && layer.scope === scope))
  const changed = draft ? [...kept, draft] : kept
  const stack = stackOf(changed, audience)
  const [base, ...overlays] = stack
  if (!base) return { layers: [], result: { plan: null, problems: [nothingToExtend(mapping)] } }
  const result = mapper.compile(
    base.file,
    overlays.map(layer => layer.file),
  )
  const wrong = [...otherConnector(base, stackOf(layers, audience)[0]), ...clashes(base, others)]
  if (wrong.length === 0) return { layers: stack, result }
  return { layers: stack, result: { plan: null, problems: [...wrong, ...result.problems] } }
}

/** The messages of a connection find their mapping by its connector. */
function otherConnector(base: KnownLayer, before: KnownLayer | undefined): Problem[] {
  const { connector, connectorPlace } = base.header
  if (!before || connector === before.header.connector) return []
  const message = `\`connector\` must stay \`${before.header.connector}\`.`
  return [{ code: 'VALUE_WRONG', severity: 'error', file: fileNameOf(base), ...connectorPlace, message }]
}

function clashes(base: KnownLayer, others: readonly KnownLayer[]): Problem[] {
  const { connector, topics, outgoing } = base.header
  const rivals = others.filter(({ header }) => header.connector === connector && !header.outgoing)
  return (outgoing ? [] : topics).flatMap(topic =>
    rivals
      .filter(({ header }) => header.topics.some(({ name }) => name === topic.name))
      .map(rival => topicTaken(base, topic, rival.mapping)),
  )
}

const nothingToExtend = (mapping: string): Problem => ({
  code: 'MAPPING_UNKNOWN',
  severity: 'error',
  file: mapping,
  line: 1,
  column: 1,
  message: `There is no mapping \`${mapping}\` to extend.`,
})
