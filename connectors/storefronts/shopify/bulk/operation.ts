import { type ConnectorContext, HubError } from '../../../sdk/index.ts'
import type { AdminApi } from '../admin/admin-api.ts'
import {
  type BulkRun,
  CURRENT_BULK,
  type CurrentBulk,
  ONE_BULK,
  type OneBulk,
  RUN_BULK,
} from '../operations/bulk.ts'

/** Five may run at once for an app and shop; somebody else's end sooner or later. */
const PLACE_MS = 30_000
const MOST_WAITS = 20
const NO_PLACE = new Set(['OPERATION_IN_PROGRESS', 'LIMIT_REACHED'])

const FIRST_LOOK_MS = 2_000
const LATEST_LOOK_MS = 30_000

/** Then pages are the shorter way; Shopify itself gives up after ten days. */
const LONGEST_MS = 6 * 3_600_000

/**
 * Begins a bulk operation and gives its id. One that runs this query already is taken over: it was begun by a process that
 * died before it could say so. Null: Shopify does not take the query, and says why in the log.
 */
export async function beginBulk(
  api: AdminApi,
  query: string,
  { sleep, log }: ConnectorContext,
): Promise<string | null> {
  for (let waits = 0; waits < MOST_WAITS; waits++) {
    const known = await underWay(api, query)
    if (known) return known
    const { bulkOperation, userErrors } = (await api<BulkRun>(RUN_BULK, { query })).run
    if (bulkOperation) return bulkOperation.id
    const [problem] = userErrors
    if (!problem || !NO_PLACE.has(problem.code ?? '')) {
      log('warn', 'Shopify takes no bulk query', { detail: problem?.message.slice(0, 200) })
      return null
    }
    await sleep(PLACE_MS)
  }
  throw new HubError('PARTNER_THROTTLED', {
    detail: 'Other bulk operations of the app keep running.',
    retryAfterMs: PLACE_MS,
  })
}

async function underWay(api: AdminApi, query: string): Promise<string | null> {
  const { current } = await api<CurrentBulk | { current: null }>(CURRENT_BULK)
  const runs = current?.status === 'CREATED' || current?.status === 'RUNNING'
  return runs && current.query === query ? current.id : null
}

/** The operation once it has ended, or after six hours as it is then; looked at ever more rarely. */
export async function endedBulk(api: AdminApi, id: string, context: ConnectorContext): Promise<OneBulk> {
  for (let pauseMs = FIRST_LOOK_MS; ; pauseMs = Math.min(pauseMs * 2, LATEST_LOOK_MS)) {
    const found = await api<OneBulk>(ONE_BULK, { id })
    const { operation } = found
    if (!operation || !GOES_ON.has(operation.status)) return found
    if (context.now() - Date.parse(operation.createdAt) > LONGEST_MS) return found
    await context.sleep(pauseMs)
  }
}

const GOES_ON = new Set<string>(['CREATED', 'RUNNING', 'CANCELING'])
