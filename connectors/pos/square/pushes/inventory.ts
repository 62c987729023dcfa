import {
  type Api,
  type ConnectorContext,
  HubError,
  type PushOperation,
  type PushResult,
} from '../../../sdk/index.ts'
import { search, squareApi } from '../api.ts'
import { fetchLocations } from '../locations.ts'
import { squareSettings } from '../settings.ts'
import { idempotencyKey } from './idempotency-key.ts'

interface Stock {
  sku?: string
  available?: number
  location?: { externalId?: string; code?: string; name?: string }
}

interface Variation {
  id: string
  is_deleted?: boolean
  item_variation_data?: { sku?: string }
}

interface Count {
  catalog_object_id?: string
  location_id?: string
  state?: string
  quantity?: string
}

/**
 * Sets the units of an article at a location by a physical count. Where Square shows the figure already, nothing is
 * written, so a repetition after a lost answer does not undo a sale between.
 */
export async function pushInventory(
  operation: PushOperation,
  context: ConnectorContext,
): Promise<PushResult> {
  const { sku, available, location } = operation.body as Stock
  if (!sku || typeof available !== 'number') throw refused('Square needs `sku` and `available`.', 'stock')
  const api = squareApi(context)
  const at = await locationOf(api, context, location)
  const article = await variationOf(api, sku)
  // As in the identity of the mapping of counts: the hub knows its own echo by it.
  const externalId = `${article}@${at}`
  // Square counts in five decimals, and never below zero.
  const units = Math.max(0, Number(available.toFixed(5)))
  if ((await countOf(api, article, at)) === units) return { externalId, status: 200 }
  const count = {
    ...{ catalog_object_id: article, location_id: at, state: 'IN_STOCK' },
    quantity: String(units),
    occurred_at: new Date(context.now()).toISOString(),
  }
  operation.sending()
  const { status } = await api.call({
    method: 'POST',
    path: '/inventory/changes/batch-create',
    body: {
      idempotency_key: idempotencyKey(operation, article, at, units, count.occurred_at),
      changes: [{ type: 'PHYSICAL_COUNT', physical_count: count }],
      ignore_unchanged_counts: true,
    },
    safeToRepeat: true,
  })
  return { externalId, status }
}

/** The location that the settings name, else one of Square itself, else the only one. */
async function locationOf(
  api: Api,
  context: ConnectorContext,
  { externalId = '', code = '', name = '' }: NonNullable<Stock['location']> = {},
): Promise<string> {
  const { locations = {}, locationId } = squareSettings(context.connection)
  const places = locations as Readonly<Record<string, string>>
  const named = [externalId, code, name].find(place => Object.hasOwn(places, place))
  if (named !== undefined) return places[named]!
  if (locationId) return locationId
  const active = (await fetchLocations(api)).filter(({ status }) => status !== 'INACTIVE')
  const known = active.find(({ id }) => id === externalId || id === code)
  if (known) return known.id
  if (active.length === 1) return active[0]!.id
  throw refused('The settings do not say which location of Square this is.', 'location')
}

async function variationOf(api: Api, sku: string): Promise<string> {
  const { objects = [] } = await search<{ objects?: Variation[] }>(api, '/catalog/search', {
    object_types: ['ITEM_VARIATION'],
    query: { exact_query: { attribute_name: 'sku', attribute_value: sku } },
  })
  // Square compares without regard to case.
  const found = objects.filter(one => !one.is_deleted && one.item_variation_data?.sku === sku)
  if (found.length === 1) return found[0]!.id
  throw refused(
    found.length === 0
      ? 'The SKU is in no article of the catalogue.'
      : `The SKU is that of ${found.length} articles.`,
    'sku',
  )
}

async function countOf(api: Api, article: string, location: string): Promise<number | null> {
  const { counts = [] } = await search<{ counts?: Count[] }>(api, '/inventory/counts/batch-retrieve', {
    catalog_object_ids: [article],
    location_ids: [location],
    states: ['IN_STOCK'],
  })
  const count = counts.find(
    one => one.catalog_object_id === article && one.location_id === location && one.state === 'IN_STOCK',
  )
  return count?.quantity === undefined ? null : Number(count.quantity)
}

const refused = (detail: string, fingerprint: string): HubError =>
  new HubError('PARTNER_REFUSED', { detail, fingerprint })
