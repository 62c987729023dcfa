import type { Flow } from '#config/schema.ts'
import type { Directory } from '../accounts/directory.ts'
import type { Delivery, Store, StoredDocument } from '../contracts/store.ts'
import type { Order, Shipment } from '../documents/types.gen.ts'
import { HubError } from '../errors/hub-error.ts'
import { type Condition, compileCondition } from '../mapping/condition.ts'
import { assignedLines } from './assigned-lines.ts'
import { documentsOfOrder } from './order-documents.ts'
import { orderPart } from './order-part.ts'

/** By flow: which lines of an order go with it. Flows that take every line are not in it. */
export type LineFilters = ReadonlyMap<string, Condition>

export interface PartDeps {
  store: Pick<Store, 'documents' | 'links'>
  directory: Pick<Directory, 'get'>
  lineFilters: LineFilters
  kindOf(connector: string): string
}

/** A filter that is no JSONata stops the start and names its flow. */
export function compileLineFilters(flows: readonly Flow[]): LineFilters {
  const filtering = flows.filter((flow): flow is Flow & { lines: string } => flow.lines !== undefined)
  return new Map(
    filtering.map(({ id, lines }) => [
      id,
      compileCondition({
        text: lines,
        place: `flows: \`lines\` of “${id}”`,
        fingerprint: `lines ${id}`,
        variables: ['order'],
      }),
    ]),
  )
}

/**
 * The order with only the lines that its flow sends there; `NO_LINES_HERE` where there are none. A destination that has
 * the order and is left without a line gets it cancelled.
 */
export async function partFor(
  deps: PartDeps,
  { delivery, document, isThere }: { delivery: Delivery; document: StoredDocument; isThere: boolean },
): Promise<StoredDocument> {
  const filter = deps.lineFilters.get(delivery.flow)
  if (!filter) return document
  const order = document.body as unknown as Order
  const all = assignedLines(order, await assignments(deps, document))
  const lines = all.filter(line => filter(line, { order }))
  if (lines.length > 0) return { ...document, body: { ...orderPart(order, all, lines) } }
  if (!isThere && !delivery.uncertain) throw new HubError('NO_LINES_HERE')
  return { ...document, body: { ...document.body, status: 'cancelled', lines } }
}

/** What the ERP made of the order: only ERPs assign, everybody else reports. */
async function assignments(
  { store, directory, kindOf }: PartDeps,
  order: StoredDocument,
): Promise<Shipment[]> {
  const shipments = await documentsOfOrder(store, order.id, 'shipment')
  const fromErp = await Promise.all(
    shipments.map(async ({ connection }) => {
      const source = await directory.get(connection)
      return source !== null && kindOf(source.connector) === 'erp'
    }),
  )
  return shipments.filter((_, index) => fromErp[index]).map(({ body }) => body as unknown as Shipment)
}
