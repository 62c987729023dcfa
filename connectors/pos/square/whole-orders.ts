import type { Api, ConnectorContext } from '../../sdk/index.ts'
import { memberOf, type SquareRecord } from './api.ts'
import { type Article, articlesOf } from './catalogue.ts'
import { fetchLocations, type Location } from './locations.ts'
import { zonedTime } from './zoned-time.ts'

export interface Order extends SquareRecord {
  id: string
  location_id?: string
  created_at?: string
  updated_at?: string
  line_items?: Line[]
  returns?: { return_line_items?: Line[] }[]
}

interface Line extends SquareRecord {
  catalog_object_id?: string
}

/** Orders with what stands elsewhere: name and clock of the location, SKUs of the articles. */
export async function wholeOrders(
  api: Api,
  context: ConnectorContext,
  { orders, locations }: { orders: readonly Order[]; locations: readonly Location[] },
): Promise<Order[]> {
  const articles = await articlesOf(
    api,
    context,
    orders.flatMap(linesOf).map(line => line.catalog_object_id),
  )
  return orders.map(order => {
    const location = locations.find(({ id }) => id === order.location_id)
    return {
      ...order,
      ...(order.line_items ? { line_items: order.line_items.map(line => withArticle(line, articles)) } : {}),
      ...(order.returns
        ? {
            returns: order.returns.map(({ return_line_items: lines, ...rest }) => ({
              ...rest,
              ...(lines ? { return_line_items: lines.map(line => withArticle(line, articles)) } : {}),
            })),
          }
        : {}),
      ...(location?.name ? { location_name: location.name } : {}),
      ...localTime(location, order),
    }
  })
}

export async function fetchOrder(api: Api, context: ConnectorContext, id: string): Promise<Order> {
  const { body } = await api.call<{ order?: Order }>({ path: `/orders/${encodeURIComponent(id)}` })
  const [order] = await wholeOrders(api, context, {
    orders: [memberOf(body, 'order')],
    locations: await fetchLocations(api),
  })
  return order!
}

const linesOf = ({ line_items: lines = [], returns = [] }: Order): Line[] => [
  ...lines,
  ...returns.flatMap(({ return_line_items: returned = [] }) => returned),
]

function withArticle(line: Line, articles: ReadonlyMap<string, Article>): Line {
  const article = articles.get(line.catalog_object_id ?? '')
  return article ? { ...line, article } : line
}

/** Square writes every time in UTC. */
function localTime(location: Location | undefined, { created_at: at }: Order): SquareRecord {
  const local = zonedTime(location?.timezone, at)
  return local === undefined ? {} : { local_created_at: local }
}
