import type { HttpRequest, Limits } from '#core/contracts/connector.ts'

export type PriceCall = Limits['price']

/** Every call takes the same from one bucket. */
export const pricePerCall =
  (bucket: string, cost = 1): PriceCall =>
  () => ({ bucket, operation: bucket, cost })

export interface PricedRoute {
  method?: HttpRequest['method']
  /** Tested against the URL's path. */
  path: RegExp
  bucket: string
  /** 1 unless told. */
  cost?: number
}

/** Partners that count by operation (Amazon): the first route that fits names bucket and operation; none: `otherwise`, or free. */
export function priceByRoute(routes: readonly PricedRoute[], otherwise?: string): PriceCall {
  return request => {
    const path = URL.parse(request.url)?.pathname ?? ''
    const route = routes.find(
      ({ method, path: fits }) => (!method || method === request.method) && fits.test(path),
    )
    if (route) return { bucket: route.bucket, operation: route.bucket, cost: route.cost ?? 1 }
    return otherwise === undefined ? null : { bucket: otherwise, operation: otherwise, cost: 1 }
  }
}
