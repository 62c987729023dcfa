import { HubError } from '../../../sdk/index.ts'
import type { NodePage, OrderNode } from '../operations/orders.ts'
import type { ReadLine } from './read-lines.ts'

/** An order as the file has it; refunds and fulfilments only say that they are there. */
export interface BulkOrder {
  order: OrderNode
  /** Where the order after it begins, in bytes. */
  next: number
}

/** Connections of an order by the type of their nodes. */
const CONNECTIONS: Readonly<Record<string, 'lineItems' | 'shippingLines'>> = {
  LineItem: 'lineItems',
  ShippingLine: 'shippingLines',
}

/** Orders with the lines that stand below them. `cut`: the file ends somewhere, so its last order may lack some and is left out. */
export async function* readOrders(
  lines: AsyncIterable<ReadLine>,
  { cut }: { cut: boolean },
): AsyncGenerator<BulkOrder> {
  let current: BulkOrder | undefined
  for await (const { value, start, next } of lines) {
    const { __parentId: parent, ...node } = value
    if (parent === undefined) {
      if (current) yield { ...current, next: start }
      current = { order: orderOf(node), next }
    } else if (parent === current?.order.id) {
      current.order[connectionOf(node)].nodes.push(node)
      current.next = next
    } else throw misplaced()
  }
  if (current && !cut) yield current
}

const orderOf = (node: Record<string, unknown>): OrderNode =>
  ({ ...node, lineItems: whole(), shippingLines: whole() }) as OrderNode

const whole = (): NodePage => ({ nodes: [], pageInfo: { hasNextPage: false, endCursor: null } })

function connectionOf({ id }: Record<string, unknown>): 'lineItems' | 'shippingLines' {
  const [, type = ''] = /^gid:\/\/shopify\/(\w+)\//.exec(String(id)) ?? []
  const name = CONNECTIONS[type]
  if (name) return name
  throw misplaced()
}

const misplaced = () =>
  new HubError('PARTNER_ANSWER_INVALID', {
    detail: 'A line of the bulk operation does not stand below its order.',
  })
