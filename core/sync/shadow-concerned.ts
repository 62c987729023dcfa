import type { Directory, LiveConnection } from '../accounts/directory.ts'
import type { MappingFile, Plan } from '../contracts/mapper.ts'
import type { MappingScope } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import { audienceOf, holdsFor } from '../mapping/catalogue/layer-stack.ts'
import type { ConnectionScope, Layer, MappingCatalogue } from '../mapping/catalogue/mapping-catalogue.ts'
import { readHeader } from '../mapping/catalogue/read-header.ts'
import { linesOf } from '../mapping/source/problems.ts'
import { holdingPlan } from './holding-plan.ts'

export interface ConcernedDeps {
  catalogue: MappingCatalogue
  directory: Pick<Directory, 'list'>
}

export interface ConcernedRequest {
  mapping: string
  file: MappingFile
  connection?: string
  tenant?: string
}

/** What holds for a topic and what would hold; none: the topic is ignored. */
export interface Plans {
  /** `stored`: the file itself holds already, so that only what is stored tells what held before. */
  before: Plan | undefined | 'stored'
  after: Plan | undefined
}

/** Whom a file concerns, and what would hold for them. */
export interface Concerned {
  scope: MappingScope
  connections: ReadonlyMap<string, LiveConnection>
  /** Of the mapping as it is and as it would be. */
  topics: string[]
  plansAt(connection: LiveConnection, topic: string): Plans
}

/** A file that does not compile is refused with all its problems. */
export async function readConcerned(deps: ConcernedDeps, request: ConcernedRequest): Promise<Concerned> {
  const { catalogue } = deps
  const { mapping, file } = request
  const { scope } = readHeader(file)
  const audience = audienceOf(scope)
  const layers = catalogue.layers(mapping, audience)
  if (layers.length === 0) throw new HubError('NOT_FOUND', { detail: `Mapping “${mapping}”.` })
  const planAt = planner(catalogue, request)
  const { connector, topics } = planAt(undefined)
  const now = catalogue.compiled(mapping, audience)?.plan
  const holdsAlready = layers.some(layer => layer.scope === scope && layer.file.text === file.text)
  const connections = (await deps.directory.list()).filter(
    one => one.connector === connector && holdsFor(scope, one) && isAsked(request, one),
  )
  if (request.connection !== undefined && connections.length === 0)
    throw new HubError('INPUT_INVALID', { detail: `The file does not concern “${request.connection}”.` })
  return {
    scope,
    connections: new Map(connections.map(one => [one.id, one])),
    topics: [...new Set([...topics, ...(now?.topics ?? [])])],
    plansAt(connection, topic) {
      const holding = holdingPlan(catalogue, connection, topic)
      const before = holdsAlready ? 'stored' : holding
      const after = planAt(connection)
      if (after.topics.includes(topic)) return { before, after }
      return { before, after: holding?.id === mapping ? undefined : holding }
    },
  }
}

/** The mapping with the file in its place; connections with the same layers share what is compiled. */
function planner(catalogue: MappingCatalogue, request: ConcernedRequest) {
  const compiled = new Map<string, Plan>()
  return (connection: ConnectionScope | undefined): Plan => {
    const key = connection ? layersKey(catalogue.layers(request.mapping, connection)) : ''
    const plan = compiled.get(key) ?? compile(catalogue, request, connection)
    compiled.set(key, plan)
    return plan
  }
}

const isAsked = ({ connection, tenant }: ConcernedRequest, one: ConnectionScope): boolean =>
  (connection === undefined || connection === one.id) && (tenant === undefined || tenant === one.tenant)

function compile(
  catalogue: MappingCatalogue,
  { mapping, file }: ConcernedRequest,
  connection: ConnectionScope | undefined,
): Plan {
  const { plan, problems } = catalogue.compileWith(mapping, file, connection)
  if (!plan) throw new HubError('MAPPINGS_BROKEN', { detail: linesOf(problems), problems })
  if (plan.target === null)
    throw new HubError('INPUT_INVALID', {
      detail: `“${mapping}” maps what goes out; messages are what came in.`,
    })
  return plan
}

const layersKey = (layers: readonly Layer[]): string =>
  layers.map(({ scope, file, published }) => `${scope} ${published?.number ?? file.path}`).join('\n')
