import { HubError, pagesOf } from '../../sdk/index.ts'
import type { AdminApi } from './admin/admin-api.ts'
import { LIST_LIMIT } from './operations/order-fields.ts'
import { MORE_LINES, type MoreLines, type NodePage, type OrderNode } from './operations/orders.ts'
import { shopTime } from './shop-time.ts'

/**
 * The order with nothing cut: the rest of its lines is fetched, and a list that is longer than we ask for is an error,
 * because a document that silently lacks a refund is worse than none.
 */
export async function wholeOrder(api: AdminApi, node: OrderNode, timeZone: string): Promise<OrderNode> {
  const nodes = [...node.lineItems.nodes]
  if (node.lineItems.pageInfo.hasNextPage) {
    for await (const page of pagesOf(after => moreLines(api, node.id, after), {
      after: node.lineItems.pageInfo.endCursor,
    })) {
      nodes.push(...page.items)
    }
  }
  refuseCut(node)
  return {
    ...node,
    lineItems: whole({ ...node.lineItems, nodes }),
    shippingLines: whole(node.shippingLines),
    refunds: node.refunds.map(refund => ({
      ...refund,
      refundLineItems: whole(refund.refundLineItems),
      transactions: whole(refund.transactions),
    })),
    fulfillments: node.fulfillments.map(fulfillment => ({
      ...fulfillment,
      fulfillmentLineItems: whole(fulfillment.fulfillmentLineItems),
    })),
    // GraphQL writes every time in UTC; the offset that webhooks carry follows from the shop's zone.
    localProcessedAt: shopTime(timeZone, Date.parse(node.processedAt ?? node.createdAt)),
  }
}

/** Without Shopify’s continuation: the same order has the same bytes, however it was read. */
const whole = ({ nodes }: NodePage): NodePage => ({
  nodes,
  pageInfo: { hasNextPage: false, endCursor: null },
})

async function moreLines(api: AdminApi, id: string, after: string | null) {
  const { order } = await api<MoreLines>(MORE_LINES, { id, after })
  if (!order)
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The order vanished while its lines were read.' })
  const { nodes, pageInfo } = order.lineItems
  return { items: nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null }
}

/** `refunds` and `fulfillments` are lists without pages: as many as are asked for may be too few. */
function refuseCut({ shippingLines, refunds, fulfillments }: OrderNode): void {
  const cut = (page: NodePage) => page.pageInfo.hasNextPage
  const parts: [string, boolean][] = [
    ['shipping lines', cut(shippingLines)],
    ['refunds', refunds.length >= LIST_LIMIT],
    ['refund lines', refunds.some(refund => cut(refund.refundLineItems))],
    ['refund transactions', refunds.some(refund => cut(refund.transactions))],
    ['fulfillments', fulfillments.length >= LIST_LIMIT],
    ['fulfillment lines', fulfillments.some(fulfillment => cut(fulfillment.fulfillmentLineItems))],
  ]
  const what = parts.find(([, tooMany]) => tooMany)?.[0]
  if (what)
    throw new HubError('PARTNER_ANSWER_INVALID', {
      detail: `The order has more ${what} than one answer holds.`,
      fingerprint: what,
    })
}
