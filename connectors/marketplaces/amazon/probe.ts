import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { spApi } from './api/sp-api.ts'
import { amazonSettings } from './settings.ts'

interface Participation {
  marketplace: { id: string; name?: string }
  participation: { isParticipating: boolean }
}

/** The token opens this account, and the account sells in the marketplaces that are set. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const { payload = [] } = await spApi(context).call<{ payload?: Participation[] }>({
    operation: 'sellers.getMarketplaceParticipations',
    version: 'v1',
  })
  const sells = new Map(
    payload
      .filter(({ participation }) => participation.isParticipating)
      .map(({ marketplace }) => [marketplace.id, marketplace.name ?? marketplace.id]),
  )
  const { marketplaceIds } = amazonSettings(context.connection)
  const missing = marketplaceIds.filter(id => !sells.has(id))
  if (missing.length > 0)
    throw new HubError('UNAUTHORIZED', {
      detail: `The account does not sell in ${missing.join(', ')}; correct the setting \`marketplaceIds\`.`,
    })
  return { ok: true, detail: `Connected; sells in ${marketplaceIds.map(id => sells.get(id)).join(', ')}.` }
}
