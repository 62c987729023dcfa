export interface OneReturn {
  return: Record<string, unknown> | null
}

/** A return has no clock of its own that moves: what is read later is newer. */
export const RETURN = /* GraphQL */ `
query CrossdockReturn($id: ID!) {
  return(id: $id) {
    id
    name
    status
    createdAt
    closedAt
    order { id name currencyCode }
    returnLineItems(first: 100) {
      nodes {
        id
        quantity
        refundedQuantity
        returnReasonDefinition { handle name }
        returnReasonNote
        ... on ReturnLineItem { fulfillmentLineItem { lineItem { id sku title } } }
      }
      pageInfo { hasNextPage endCursor }
    }
    refunds(first: 20) { nodes { id } }
  }
}`
