import { HubError } from '#core/errors/hub-error.ts'
import { readHeader } from '#core/mapping/catalogue/read-header.ts'
import type { Handler } from '../route.ts'
import { connectionFor } from '../scope.ts'
import { layerView, mappingView } from '../views/mapping-view.ts'

/** The mapping as it holds for a connection, or for everybody; one that does not compile is shown with its problems. */
export const getMapping: Handler = async (call, deps) => {
  const { catalogue } = deps
  const id = call.params['id']!
  const { connection: name } = call.query
  const connection =
    name === undefined ? undefined : await connectionFor({ ...call, params: { id: String(name) } }, deps)
  const compiled = catalogue.compiled(id, connection)
  const layers = catalogue.layers(id, connection)
  const [lowest] = layers
  if (!compiled || !lowest) throw new HubError('NOT_FOUND', { detail: `Mapping “${id}”.` })
  const { plan, problems } = compiled
  return {
    ...mappingView(plan ?? brokenPlan(id, lowest.file), catalogue),
    text: lowest.file.text,
    cases: lowest.cases,
    layers: layers.map(layerView),
    leaves: plan ? catalogue.mapper.describe(plan) : [],
    problems,
  }
}

/** What is known of a mapping without compiling it. */
function brokenPlan(id: string, file: { path: string; text: string }) {
  const { connector, topics } = readHeader(file)
  const named = { id, version: 0, connector, topics: topics.map(({ name }) => name) }
  return { ...named, target: null, tables: [], source: null, overlays: [], interpreted: [] }
}
