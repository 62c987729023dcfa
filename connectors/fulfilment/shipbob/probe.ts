import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { fetchList, shipbobApi } from './api.ts'
import { shipbobSettings } from './settings.ts'

interface Channel {
  id: number
  name: string
  scopes?: string[]
}

/** Whether the token works and its channel may write: a token sees all channels and may write in few. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const { items: channels } = await fetchList<Channel>(shipbobApi(context), { path: '/channel' })
  const { channelId } = shipbobSettings(context.connection)
  const channel = channels.find(({ id }) => id === channelId)
  if (!channel)
    throw new HubError('UNAUTHORIZED', { detail: `The token sees no channel ${channelId}: check channelId.` })
  if (!channel.scopes?.some(scope => scope.endsWith('_write')))
    throw new HubError('UNAUTHORIZED', {
      detail: `Channel ${channelId} has no scope that ends in _write: it cannot create orders.`,
    })
  return { ok: true, detail: `Channel ${channelId} may write.` }
}
