/** Documents carry plain ids, GraphQL global ones; settings may hold either. */
export const globalId = (type: string, id: string): string =>
  id.startsWith('gid://') ? id : `gid://shopify/${type}/${id}`

/** The last part, without what follows a `?`. */
export const plainId = (id: string): string => id.split('?')[0]!.split('/').pop()!
