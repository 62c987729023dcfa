import { errorFor } from '../../sdk/index.ts'
import { graphqlErrors, responses } from './responses.ts'

/**
 * The records of a GraphQL payload, known by the type in their global id: the node itself, as polls keep it, or a whole
 * answer with envelope, edges and nodes around it. An answer that is a refusal is the refusal; one without such a record
 * is given as it is, so that its mapping says what is missing.
 */
export function graphqlRecords(body: unknown, type: 'InventoryLevel' | 'Product' | 'Return'): unknown[] {
  if (graphqlErrors(body).length > 0) throw errorFor(responses, { status: 200, headers: {}, body }, 0)
  const found = recordsIn(body, `gid://shopify/${type}/`)
  return found.length > 0 ? found : [body]
}

function recordsIn(value: unknown, prefix: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  const { id } = value as { id?: unknown }
  if (typeof id === 'string' && id.startsWith(prefix)) return [value]
  return Object.values(value).flatMap(member => recordsIn(member, prefix))
}
