import type { Asked, Reply, Route } from '../../../sdk/testkit/serve-partner.ts'
import { listedV2, listedV3, none, ok, sinceIn, wrong } from './answers.ts'
import type { SimOrder, SimShipment } from './records.ts'
import type { Store } from './store.ts'

const at = (path: string): RegExp => new RegExp(`^/stores/[^/]+${path}$`)

export function orderRoutes(store: Store): Route[] {
  const withOrder =
    (answer: (order: SimOrder, asked: Asked, ...groups: string[]) => Reply): Route['answer'] =>
    (asked, id = '', ...groups) => {
      const order = store.orders.get(Number(id))
      return order ? answer(order, asked, ...groups) : wrong(404, asked.path)
    }
  const withShipment = (answer: (order: SimOrder, shipment: SimShipment, asked: Asked) => Reply) =>
    withOrder((order, asked, id) => {
      const shipment = order.shipments.find(one => one.id === Number(id))
      return shipment ? answer(order, shipment, asked) : wrong(404, asked.path)
    })
  return [
    { method: 'GET', path: at('/v2/orders'), answer: asked => listOrders(store, asked) },
    {
      method: 'GET',
      path: at('/v2/orders/(\\d+)'),
      answer: withOrder((order, { origin }) => ok(store.shown(order, origin))),
    },
    {
      method: 'PUT',
      path: at('/v2/orders/(\\d+)'),
      answer: withOrder((order, { body, origin }) => {
        order.status = (body as { status_id: number }).status_id
        order.modified = store.now()
        return ok(store.shown(order, origin))
      }),
    },
    {
      method: 'GET',
      path: at('/v2/orders/(\\d+)/(products|shipping_addresses|coupons|fees|taxes|shipments)'),
      answer: withOrder((order, asked, part = '') =>
        listedV2(
          asked,
          { ...order.parts, products: order.products, shipments: order.shipments }[part as 'products'],
        ),
      ),
    },
    {
      method: 'POST',
      path: at('/v2/orders/(\\d+)/shipments'),
      answer: withOrder((order, { body, path }) => {
        const made = store.ship(order, body as Partial<SimShipment>)
        return made ? ok(made, 201) : wrong(400, path, { items: 'More than the order has.' })
      }),
    },
    {
      method: 'GET',
      path: at('/v2/orders/(\\d+)/shipments/(\\d+)'),
      answer: withShipment((_, shipment) => ok(shipment)),
    },
    {
      method: 'PUT',
      path: at('/v2/orders/(\\d+)/shipments/(\\d+)'),
      answer: withShipment((_, shipment, { body }) => {
        Object.assign(shipment, body, { writes: shipment.writes + 1 })
        return ok(shipment)
      }),
    },
    {
      method: 'DELETE',
      path: at('/v2/orders/(\\d+)/shipments/(\\d+)'),
      answer: withShipment((order, shipment) => {
        store.unship(order, shipment)
        return none
      }),
    },
    {
      method: 'GET',
      path: at('/v3/orders/(\\d+)/payment_actions/refunds'),
      answer: withOrder((order, asked) => listedV3(asked, order.refunds.map(store.shownRefund))),
    },
    {
      method: 'GET',
      path: at('/v3/orders/payment_actions/refunds'),
      answer: asked =>
        listedV3(
          asked,
          [...store.orders.values()]
            .flatMap(({ refunds }) => refunds)
            .filter(({ created }) => created >= sinceIn(asked, 'created:min'))
            .toSorted((a, b) => a.created - b.created || a.id - b.id)
            .map(store.shownRefund),
        ),
    },
  ]
}

/** Without a sort order V2 goes by id. */
function listOrders(store: Store, asked: Asked): Reply {
  const byChange = asked.query.get('sort') === 'date_modified:asc'
  const orders = [...store.orders.values()]
    .filter(({ modified }) => modified >= sinceIn(asked, 'min_date_modified'))
    .toSorted((a, b) => (byChange ? a.modified - b.modified : 0) || a.id - b.id)
  return listedV2(
    asked,
    orders.map(order => store.shown(order, asked.origin)),
  )
}
