import type { ConnectorContext } from '../../sdk/index.ts'
import { easypostApi } from './api.ts'

/** Whether the key may read trackers. Keys say themselves which world they open. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  await easypostApi(context).call({ path: '/trackers', query: { page_size: 1 } })
  const key = await context.token()
  return { ok: true, detail: `Connected${key.startsWith('EZTK') ? ' with a test key' : ''}.` }
}
