import { type ConnectorContext, HubError } from '../../sdk/index.ts'
import { every, find, openCompany } from './api.ts'
import { bcSettings } from './settings.ts'

interface Named {
  id: string
  name?: string
}

/** Whether the token works, the company is there, and the app may read its sales orders. */
export async function probe(context: ConnectorContext): Promise<{ ok: true; detail: string }> {
  const company = openCompany(context)
  const { companyId } = bcSettings(context.connection)
  const companies = await every<Named>(company, company.rootPath('companies'))
  const ours = companies.find(({ id }) => id.toLowerCase() === companyId.toLowerCase())
  if (!ours)
    throw new HubError('UNAUTHORIZED', {
      detail: `The app sees no company ${companyId}. It sees: ${companies.map(one => `${one.name} = ${one.id}`).join(', ') || 'none'}.`,
    })
  await find(company, 'salesOrders', { top: 1, select: 'id' })
  return { ok: true, detail: `Company “${ours.name ?? ours.id}” can be read.` }
}
