import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  sendBegun,
  sendInHalves,
} from '../../../sdk/index.ts'

export interface Store {
  api: Api
  context: ConnectorContext
  locationId: number
}

/** Units on hand: so many more or less, or a figure. */
export type StockChange = { add: number } | { set: number }

export interface StockWrite {
  operation: PushOperation
  variant: number
  change: StockChange
}

/** BigCommerce takes 2,000; for one that it refuses, all of a call are sent again in halves. */
const MOST = 100

/**
 * The HTTP status that confirmed. One call at a time, as the vendor asks: what adds and what sets one after the other.
 * https://developer.bigcommerce.com/docs/store-operations/catalog/inventory-adjustments
 */
export const writeStock = ({ api, context, locationId }: Store, write: StockWrite): Promise<number> =>
  context.together<StockWrite, number>(write, {
    name: 'stock',
    max: MOST,
    alone: 'stock',
    send: writes =>
      sendBegun(writes, async begun => {
        const answers = new Map<StockWrite, number | Error>()
        for (const kind of ['add', 'set'] as const) {
          const same = begun.filter(({ change }) => kind in change)
          const given = await sendInHalves(same, some => adjust(api, { kind, locationId, writes: some }))
          for (const [index, one] of same.entries()) answers.set(one, given[index]!)
        }
        return begun.map(one => answers.get(one)!)
      }),
  })

interface Adjustment {
  kind: 'add' | 'set'
  locationId: number
  writes: readonly StockWrite[]
}

async function adjust(api: Api, { kind, locationId, writes }: Adjustment): Promise<number[]> {
  if (writes.length === 0) return []
  const items = writes.map(({ variant, change }) => ({
    location_id: locationId,
    variant_id: variant,
    quantity: 'add' in change ? change.add : change.set,
  }))
  const { status } = await api.call({
    ...(kind === 'add'
      ? { method: 'POST', path: '/v3/inventory/adjustments/relative' }
      : { method: 'PUT', path: '/v3/inventory/adjustments/absolute', safeToRepeat: true }),
    body: { reason: 'Crossdock', items },
  })
  return writes.map(() => status)
}

/** What the answer to taking off more than there is looks like; an article that is gone looks the same. */
export const isTooLow = (thrown: unknown): boolean =>
  thrown instanceof HubError && thrown.code === 'PARTNER_REFUSED' && thrown.status === 422
