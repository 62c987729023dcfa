import {
  type ConnectorContext,
  epochMs,
  type Feed,
  HubError,
  type PolledPage,
  pollChangedSince,
  type Resource,
  textAt,
  valueAt,
} from '../../sdk/index.ts'
import { fetchList } from './fetch-list.ts'
import { type PollSetting, settingsOf, topicOf } from './settings.ts'

/** One declared list, by the time of the last change. */
export function poll(
  feed: Feed,
  cursor: string | null,
  context: ConnectorContext,
): AsyncGenerator<PolledPage> {
  const setting = settingsOf(context.connection).polls?.[feed as Resource]
  if (!setting) throw new HubError('CONFIG_INVALID', { detail: `\`polls\` declares no \`${feed}\`.` })
  return pollChangedSince<unknown>({
    ...{ topic: topicOf(feed, setting), cursor, context },
    overlapMs: (setting.overlapSeconds ?? 60) * 1_000,
    from: epochMs(setting.from) ?? null,
    pages: setting.sorted && isNumbered(setting) ? 'shifting' : 'stable',
    fetchPage: fetchList(setting, context),
    idOf: item => idOf(setting, item),
    changedAt: item => epochMs(valueAt(item, setting.changedAt)) ?? Number.NaN,
  })
}

const isNumbered = ({ next }: PollSetting): boolean => next === 'page' || next === 'offset'

function idOf({ id = '/id' }: PollSetting, item: unknown): string {
  const text = textAt(item, id)
  if (text !== undefined) return text
  throw new HubError('PARTNER_ANSWER_INVALID', {
    detail: `A record has no id at ${id}: see the setting \`polls\`.`,
    fingerprint: id,
  })
}
