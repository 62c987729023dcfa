import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { squareApi } from './api.ts'
import { fetchLocations } from './locations.ts'
import { squareSettings } from './settings.ts'

/** Whether the token works, and for whom: its locations name the merchant. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const locations = await fetchLocations(squareApi(context))
  const { merchantId } = squareSettings(context.connection)
  const merchant = locations.find(location => location.merchant_id)?.merchant_id
  if (merchantId && merchant && merchant !== merchantId)
    throw new HubError('UNAUTHORIZED', {
      detail: `The token is of merchant ${merchant}, the setting merchantId says ${merchantId}.`,
    })
  return {
    ok: true,
    detail: `Merchant ${merchant ?? 'unknown'} has ${locations.length} locations.`,
  }
}
