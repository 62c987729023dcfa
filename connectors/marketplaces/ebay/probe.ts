import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { merchantApi } from './api.ts'
import { ORDERS } from './orders.ts'

/** The token opens the orders of a seller. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const { body } = await merchantApi(context).call<{ total?: number } | undefined>({
    path: ORDERS,
    query: { limit: 1 },
  })
  if (typeof body !== 'object')
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The answer is no page of orders.' })
  return { ok: true, detail: `Connected; ${body.total ?? 0} orders in the last 90 days.` }
}
