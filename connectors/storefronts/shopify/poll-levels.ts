import {
  type ConnectorContext,
  formatInstant,
  HubError,
  type PolledPage,
  pagesOf,
  pollChangedSince,
} from '../../sdk/index.ts'
import { type AdminApi, adminApi } from './admin/admin-api.ts'
import { GRAPHQL_LEVEL } from './manifest.ts'
import {
  LEVELS,
  type LevelNode,
  type LevelsPage,
  LOCATIONS,
  type Locations,
} from './operations/inventory-levels.ts'
import { settingsOf } from './settings.ts'

const PAGE_SIZE = 100

/** Stock that changed, location by location; the continuation names the location and Shopify’s own continuation there. */
export async function* pollLevels(
  cursor: string | null,
  context: ConnectorContext,
): AsyncGenerator<PolledPage> {
  const api = await adminApi(context)
  const { overlapMs, pollFrom } = settingsOf(context.connection)
  let locations: string[] | null = null
  yield* pollChangedSince<LevelNode>({
    ...{ topic: GRAPHQL_LEVEL, cursor, context, overlapMs },
    from: pollFrom === null ? null : Date.parse(pollFrom),
    async fetchPage({ since, page }) {
      locations ??= await locationsOf(api, context.signal)
      const at = page === null ? { location: locations[0], after: null } : positionOf(page)
      if (at.location === undefined) return { items: [], next: null }
      const query = since === null ? null : `updated_at:>='${formatInstant(since)}'`
      const { location } = await api<LevelsPage>(LEVELS, { ...at, query, first: PAGE_SIZE })
      const { nodes = [], pageInfo } = location?.inventoryLevels ?? {}
      return { items: nodes, next: nextOf(locations, at.location, pageInfo) }
    },
    idOf: ({ id }) => id,
    changedAt: ({ updatedAt }) => Date.parse(updatedAt),
  })
}

async function locationsOf(api: AdminApi, signal: AbortSignal): Promise<string[]> {
  const all: string[] = []
  const fetchPage = async (after: string | null) => {
    const { nodes, pageInfo } = (await api<Locations>(LOCATIONS, { after })).locations
    return { items: nodes, next: pageInfo.hasNextPage ? pageInfo.endCursor : null }
  }
  for await (const { items } of pagesOf(fetchPage, { signal })) all.push(...items.map(({ id }) => id))
  // One order for every run: the continuation names a place in it.
  return all.sort()
}

interface Position {
  location: string
  after: string | null
}

function positionOf(page: string): Position {
  const { location, after } = JSON.parse(page) as Partial<Position>
  if (location === undefined || after === undefined)
    throw new HubError('UNEXPECTED', { detail: 'The continuation of the stock poll cannot be read.' })
  return { location, after }
}

/** The rest of this location, else the next one; a location that was closed meanwhile is passed over. */
function nextOf(
  locations: readonly string[],
  location: string,
  pageInfo: { hasNextPage: boolean; endCursor: string | null } | undefined,
): string | null {
  if (pageInfo?.hasNextPage) return JSON.stringify({ location, after: pageInfo.endCursor })
  const next = locations.find(other => other > location)
  return next === undefined ? null : JSON.stringify({ location: next, after: null })
}
