import type { DeliveryFilter } from '#core/contracts/store.ts'
import { deliveryView } from '../../web/api/views/delivery-view.ts'
import type { Run } from '../command.ts'
import { CLI } from '../hub-access.ts'
import { ago } from '../text/ago.ts'
import { pageAnswer, pageOptions } from '../text/page.ts'

export const list: Run = async ({ options, hub, world }) => {
  const { store } = await hub.base()
  const { filter, page } = pageOptions<DeliveryFilter>(options)
  const now = world.now()
  return pageAnswer({
    page: await store.deliveries.list(filter, page),
    view: deliveryView,
    columns: [
      { title: 'DELIVERY', of: delivery => delivery.id },
      { title: 'STATE', of: delivery => delivery.state },
      { title: 'REVISION', of: delivery => `${delivery.confirmedRevision} of ${delivery.revision}` },
      { title: 'WANTED', of: delivery => ago(delivery.wantedAt, now) },
      {
        title: 'NEXT',
        of: delivery => (delivery.state === 'confirmed' ? undefined : ago(delivery.nextAt, now)),
      },
      { title: 'REASON', of: delivery => delivery.reason ?? delivery.waitsFor },
    ],
    width: world.width,
    empty: 'No delivery.',
  })
}

export const replay: Run = async ({ args: [id = ''], hub }) => {
  const { operations } = await hub.base()
  const result = await operations.replaySubject('delivery', id, CLI)
  return { json: { id, result }, text: `Delivery ${id}: ${result}.` }
}
