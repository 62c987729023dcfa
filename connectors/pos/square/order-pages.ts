import { type Api, type ConnectorContext, type FetchedPage, HubError } from '../../sdk/index.ts'
import { search } from './api.ts'
import { fetchLocations, type Location } from './locations.ts'
import { squareSettings } from './settings.ts'
import { type Order, wholeOrders } from './whole-orders.ts'

const PAGE = 100
/** As many locations as one search takes. */
const MOST_LOCATIONS = 10

/** Where a run stands: ten locations after the other, each group to its end, all up to one instant. */
interface Place {
  /** Nothing newer is read in this run: it may belong to locations that are done. */
  until: number
  /** Locations up to this id are done. */
  after: string
  cursor?: string
}

export function orderPages(api: Api, context: ConnectorContext) {
  let known: Promise<Location[]> | undefined
  return async (at: { since: number | null; page: string | null }): Promise<FetchedPage<Order>> => {
    known ??= fetchLocations(api)
    const locations = await known
    const { polledLocations } = squareSettings(context.connection)
    const wanted = polledLocations ?? locations.map(({ id }) => id)
    const place = at.page === null ? { until: context.now(), after: '' } : placeOf(at.page)
    const rest = wanted.toSorted().filter(id => id > place.after)
    const group = rest.slice(0, MOST_LOCATIONS)
    if (group.length === 0) return { items: [], next: null }
    const { orders = [], cursor } = await search<{ orders?: Order[]; cursor?: string }>(
      api,
      '/orders/search',
      query({ group, place, since: at.since }),
    )
    const items = await wholeOrders(api, context, { orders, locations })
    if (cursor) return { items, next: JSON.stringify({ ...place, cursor }) }
    const more = rest.length > MOST_LOCATIONS
    const next = more ? JSON.stringify({ until: place.until, after: group.at(-1) }) : null
    return { items, next }
  }
}

function query({ group, place, since }: { group: string[]; place: Place; since: number | null }) {
  const updated = {
    ...(since === null ? {} : { start_at: new Date(since).toISOString() }),
    end_at: new Date(place.until).toISOString(),
  }
  return {
    location_ids: group,
    limit: PAGE,
    query: {
      filter: { date_time_filter: { updated_at: updated } },
      sort: { sort_field: 'UPDATED_AT', sort_order: 'ASC' },
    },
    ...(place.cursor ? { cursor: place.cursor } : {}),
  }
}

function placeOf(page: string): Place {
  try {
    return JSON.parse(page) as Place
  } catch (cause) {
    throw new HubError('UNEXPECTED', { detail: 'The stored place in the list of orders is none.', cause })
  }
}
