import { ARTICLES, type Article } from './catalogue.ts'
import { connection, OperationFault, type Resolver } from './graphql-execute.ts'
import { list, utc } from './node-values.ts'
import { LOCATION } from './refund-lines.ts'

export interface StockLevel {
  item: number
  location: number
  available: number | null
  onHand: number | null
  /** As the shop writes times. */
  updatedAt: string
  /** How often the API has set it. */
  writes: number
}

export interface StockOptions {
  /** As the shop writes times. */
  now(): string
  /** Called after every change; the shop sends its webhook. */
  onChange(level: StockLevel): void
  /** What it stocks; those of the catalogue unless told. More may come later. */
  articles?: readonly StockedArticle[]
}

export type StockedArticle = Pick<Article, 'inventoryItem' | 'sku'>

/** What the shop has of each article at each location. */
export interface Stock {
  readonly levels: ReadonlyMap<string, StockLevel>
  /** `at`: as the shop writes times; now unless told. */
  set(of: { item: number; location: number; available: number | null; at?: string }): void
  readonly queries: Record<string, Resolver>
  readonly mutations: Record<string, Resolver>
}

interface Shelves {
  levels: ReadonlyMap<string, StockLevel>
  articles: readonly StockedArticle[]
}

const FIRST_COUNT = 25
/** Of what one mutation sets. */
const MOST = 250

interface SetInput {
  name: string
  reason?: string
  quantities: {
    inventoryItemId: string
    locationId: string
    quantity: number
    changeFromQuantity?: number | null
  }[]
}

export function createStock({ now, onChange, articles = ARTICLES }: StockOptions): Stock {
  const levels = new Map<string, StockLevel>()
  const shelves: Shelves = { levels, articles }
  const answered = new Map<string, { input: string; answer: unknown }>()
  const key = (item: number, location: number) => `${item}@${location}`
  const counted = { available: FIRST_COUNT, onHand: FIRST_COUNT, writes: 0 }
  for (const { inventoryItem: item } of articles)
    levels.set(key(item, LOCATION), { item, location: LOCATION, ...counted, updatedAt: now() })

  function set(input: SetInput): unknown {
    const problems = input.quantities.flatMap((one, index) => problemOf(shelves, input, one, index) ?? [])
    if (problems.length > 0) return { inventoryAdjustmentGroup: null, userErrors: problems }
    for (const { inventoryItemId, locationId, quantity } of input.quantities) {
      const level = levels.get(key(numberOf(inventoryItemId), numberOf(locationId)))!
      const figure = input.name === 'on_hand' ? 'onHand' : 'available'
      const changed = { ...level, [figure]: quantity, updatedAt: now(), writes: level.writes + 1 }
      levels.set(key(level.item, level.location), changed)
      onChange(changed)
    }
    return { inventoryAdjustmentGroup: { reason: input.reason }, userErrors: [] }
  }

  return {
    levels,
    set({ item, location, available, at = now() }) {
      const before = levels.get(key(item, location))
      const changed = {
        item,
        location,
        available,
        onHand: available,
        updatedAt: at,
        writes: before?.writes ?? 0,
      }
      levels.set(key(item, location), changed)
      onChange(changed)
    },
    queries: {
      locations: page => {
        const ids = [...new Set([...levels.values()].map(({ location }) => location))]
        return list(ids.map(id => ({ id: `gid://shopify/Location/${id}` })))(page)
      },
      location: ({ id }) => ({
        id,
        inventoryLevels: (args: Record<string, unknown>) => levelsAt(numberOf(String(id)), args, shelves),
      }),
      inventoryLevel({ id }) {
        const [, location, item] = /InventoryLevel\/(\d+)\?inventory_item_id=(\d+)$/.exec(String(id)) ?? []
        const level = levels.get(key(Number(item), Number(location)))
        return level ? levelNode(level, shelves) : null
      },
      inventoryItem: ({ id }) => itemNode(numberOf(String(id)), shelves),
      // Of all that has an id, only stock is looked up by it.
      nodes: ({ ids }) =>
        (ids as string[]).map(id =>
          id.includes('/InventoryItem/') ? itemNode(numberOf(id), shelves) : null,
        ),
      inventoryItems({ query, ...page }) {
        const skus = [...String(query).matchAll(/sku:"((?:[^"\\]|\\.)*)"/g)].map(([, sku]) =>
          sku!.replace(/\\(.)/g, '$1').toLowerCase(),
        )
        // As Shopify’s search does: without regard to case, and from the beginning of the text.
        const found = articles.filter(one => skus.some(sku => one.sku.toLowerCase().startsWith(sku)))
        return list(found.map(one => itemNode(one.inventoryItem, shelves)))(page)
      },
    },
    mutations: {
      inventorySetQuantities({ input }, { idempotent }) {
        const given = String(idempotent?.['key'] ?? '')
        if (!given)
          throw new OperationFault('BAD_REQUEST', 'The @idempotent directive is required for this mutation.')
        const { length } = (input as SetInput).quantities
        if (length > MOST)
          throw new OperationFault(
            'MAX_INPUT_SIZE_EXCEEDED',
            `The input array size of ${length} is greater than the maximum allowed of ${MOST}.`,
          )
        const text = JSON.stringify(input)
        const before = answered.get(given)
        if (before && before.input !== text)
          return failure(
            'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
            'The same key cannot be used with other parameters.',
          )
        const answer = before?.answer ?? set(input as SetInput)
        answered.set(given, { input: text, answer })
        return answer
      },
    },
  }
}

const numberOf = (gid: string): number => Number(gid.split('/').pop())

const failure = (code: string, message: string, field = ['input']) => ({
  inventoryAdjustmentGroup: null,
  userErrors: [{ code, field, message }],
})

/** In the order in which Shopify checks: name, place, quantity, comparison. */
function problemOf(
  { levels, articles }: Shelves,
  { name, quantities }: SetInput,
  of: SetInput['quantities'][number],
  index: number,
) {
  const { inventoryItemId, locationId, quantity, changeFromQuantity: from } = of
  const no = (code: string, message: string) =>
    failure(code, message, ['input', 'quantities', String(index)]).userErrors[0]
  if (name !== 'available' && name !== 'on_hand') return no('INVALID_NAME', 'The name is not known.')
  if (!articles.some(one => one.inventoryItem === numberOf(inventoryItemId)))
    return no('INVALID_INVENTORY_ITEM', 'The specified inventory item could not be found.')
  const level = levels.get(`${numberOf(inventoryItemId)}@${numberOf(locationId)}`)
  if (!level) return no('ITEM_NOT_STOCKED_AT_LOCATION', 'The item is not stocked at the location.')
  if (quantity < 0) return no('INVALID_QUANTITY_NEGATIVE', "The quantity can't be negative.")
  if (from === undefined)
    throw new OperationFault('argumentLiteralsIncompatible', 'changeFromQuantity is missing.')
  const first = quantities.findIndex(
    one => one.inventoryItemId === inventoryItemId && one.locationId === locationId,
  )
  if (first !== index)
    return no('NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR', 'The item is named twice for the location.')
  const present = name === 'on_hand' ? level.onHand : level.available
  if (from !== null && from !== present)
    return no('CHANGE_FROM_QUANTITY_STALE', 'The changeFromQuantity value does not match persisted value.')
  return undefined
}

/** By item, not by time: that is how Shopify lists them. */
function levelsAt(location: number, args: Record<string, unknown>, shelves: Shelves) {
  const since = /updated_at:>='?([^'\s]+)'?/.exec(String(args['query'] ?? ''))?.[1]
  const found = [...shelves.levels.values()]
    .filter(level => level.location === location)
    .filter(({ updatedAt }) => !since || Date.parse(updatedAt) >= Date.parse(since))
    .sort((a, b) => a.item - b.item)
  const { nodes, pageInfo } = connection(found, args, ({ item }) => String(item).padStart(16, '0'))
  return { nodes: nodes.map(node => levelNode(node, shelves)), pageInfo }
}

function itemNode(item: number, shelves: Shelves) {
  const article = shelves.articles.find(one => one.inventoryItem === item)
  if (!article) return null
  const own = [...shelves.levels.values()].filter(level => level.item === item)
  return {
    id: `gid://shopify/InventoryItem/${item}`,
    sku: article.sku,
    tracked: true,
    inventoryLevels: list(own.map(level => levelNode(level, shelves))),
    inventoryLevel({ locationId }: Record<string, unknown>) {
      const level = own.find(({ location }) => location === numberOf(String(locationId)))
      return level ? levelNode(level, shelves) : null
    },
  }
}

const levelNode = (level: StockLevel, { articles }: Shelves) => ({
  id: `gid://shopify/InventoryLevel/${level.location}?inventory_item_id=${level.item}`,
  updatedAt: utc(level.updatedAt),
  item: {
    id: `gid://shopify/InventoryItem/${level.item}`,
    sku: articles.find(one => one.inventoryItem === level.item)?.sku ?? null,
    tracked: level.available !== null,
  },
  location: { id: `gid://shopify/Location/${level.location}`, name: 'Warehouse' },
  quantities: ({ names }: Record<string, unknown>) =>
    (names as string[]).map(name => ({
      name,
      quantity: { available: level.available, on_hand: level.onHand }[name] ?? 0,
      updatedAt: utc(level.updatedAt),
    })),
})
