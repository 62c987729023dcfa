import type { RestOrder } from '#connectors/storefronts/shopify/simulator.ts'
import type { StormReport } from './options.ts'

/** What was acknowledged, by the key that the ERP knows it by. */
export class Acknowledged {
  readonly #newest = new Map<string, RestOrder>()

  get orders(): number {
    return this.#newest.size
  }

  remember(order: RestOrder): void {
    const key = `acme:acme-shopify:${order.id}`
    const known = this.#newest.get(key)
    if (!known || known.updated_at < order.updated_at) this.#newest.set(key, order)
  }

  /** The ERP's records beside it: each order is to be there once, as its newest revision is. */
  compare(
    records: readonly { key: string; body: Record<string, unknown> }[],
  ): Pick<StormReport, 'lost' | 'doubled' | 'stale'> {
    const byKey = Map.groupBy(records, record => record.key)
    const lost = [...this.#newest.keys()].filter(key => !byKey.has(key))
    const doubled = [...byKey].filter(([, same]) => same.length > 1).map(([key]) => key)
    const stale = [...this.#newest].filter(([key, order]) => {
      const body = byKey.get(key)?.[0]?.body
      return body && Date.parse(String(body['updatedAt'])) !== Date.parse(order.updated_at)
    })
    return { lost, doubled, stale: stale.map(([key]) => key) }
  }
}
