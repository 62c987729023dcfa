import type { StockFilter, StockItem } from '#core/contracts/store.ts'
import { HubError } from '#core/errors/hub-error.ts'
import { reservedOf, stockView } from '../../web/api/views/stock-view.ts'
import type { Run } from '../command.ts'
import { ago } from '../text/ago.ts'
import { blocks, facts, plural } from '../text/facts.ts'
import { pageAnswer, pageOptions } from '../text/page.ts'
import { table } from '../text/table.ts'

export const list: Run = async ({ options, hub, world }) => {
  const { store } = await hub.base()
  const { filter, page } = pageOptions<StockFilter>(options)
  const now = world.now()
  return pageAnswer({
    page: await store.stock.list(filter, page),
    view: stockView,
    columns: [
      { title: 'SKU', of: ({ sku }) => sku },
      { title: 'TENANT', of: ({ tenant }) => tenant },
      { title: 'COUNTED', of: item => stockView(item).counted, right: true },
      { title: 'RESERVED', of: item => reservedOf(item), right: true },
      { title: 'SHOWN', of: shownText },
      { title: 'CHANGED', of: ({ updatedAt }) => ago(updatedAt, now) },
    ],
    width: world.width,
    empty: 'Nothing was counted yet.',
  })
}

const shownText = ({ offers }: StockItem): string =>
  Object.entries(offers)
    .map(([channel, { shown, wanted }]) =>
      shown === wanted ? `${channel} ${shown}` : `${channel} ${shown ?? '?'}→${wanted}`,
    )
    .join(', ')

export const show: Run = async ({ args, options, hub, world }) => {
  const { store } = await hub.base()
  const sku = args[0]!
  const { items } = await store.stock.list({ sku, tenant: options['tenant'] as string | undefined })
  const [item, another] = items
  if (!item) throw new HubError('NOT_FOUND', { detail: `Nothing is known of the stock of “${sku}”.` })
  if (another) throw new HubError('INPUT_INVALID', { detail: 'Several tenants have this SKU: name one.' })
  const now = world.now()
  const { counted, offers } = stockView(item)
  return {
    json: stockView(item),
    text: blocks(
      facts({ sku, tenant: item.tenant, counted, reserved: reservedOf(item) }),
      table(
        item.counts,
        [
          { title: 'SOURCE', of: ({ source }) => source },
          { title: 'LOCATION', of: ({ location }) => location },
          { title: 'AVAILABLE', of: ({ available }) => available, right: true },
          { title: 'TRUE', of: ({ at }) => ago(at, now) },
        ],
        world.width,
      ),
      table(
        offers,
        [
          { title: 'CHANNEL', of: ({ channel }) => channel },
          { title: 'TO SHOW', of: ({ wanted }) => wanted, right: true },
          { title: 'SHOWN', of: ({ shown }) => shown ?? '?', right: true },
          { title: 'UNSEEN', of: ({ unseen }) => unseen, right: true },
          { title: 'STATE', of: ({ state }) => state },
        ],
        world.width,
      ),
    ),
  }
}

/** Begins it; the hub does it, page by page. */
export const compare: Run = async ({ options, hub }) => {
  const base = await hub.base()
  const { composeInventory } = await import('../../compose/inventory.ts')
  const inventory = composeInventory(base)
  const asked = options['tenant'] as string | undefined
  const tenants = base.config.stock
    .map(({ tenant }) => tenant)
    .filter(tenant => asked === undefined || tenant === asked)
  if (!inventory || tenants.length === 0)
    throw new HubError('INPUT_INVALID', { detail: 'The configuration declares no `stock` for it.' })
  for (const tenant of tenants) await inventory.compare.begin(tenant)
  return {
    json: { tenants },
    text: `The running hub compares the stock of ${plural(tenants.length, 'tenant')} with what channels show.`,
  }
}
