import type { ConnectorContext, Feed } from '../../sdk/index.ts'
import { fetchList } from './fetch-list.ts'
import { settingsOf } from './settings.ts'
import { shopApi } from './shop-api.ts'

/** Asks what `probe` names; without it, for what changed just now in the first polled list. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const { probe: named, polls = {} } = settingsOf(context.connection)
  if (named) {
    await shopApi(context).call({ path: named.path, answer: 'text' })
    return { ok: true, detail: `${named.path} answers.` }
  }
  const [first] = Object.entries(polls) as [Feed, NonNullable<(typeof polls)['order']>][]
  if (!first) return { ok: true, detail: 'The settings are complete; there is nothing that could be asked.' }
  const [feed, poll] = first
  await fetchList(poll, context)({ since: context.now(), page: null })
  return { ok: true, detail: `The list of ${feed} can be read.` }
}
