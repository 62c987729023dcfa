import { type ConnectionView, type ConnectorContext, HubError } from '../../sdk/index.ts'
import { type Odoo, odooApi } from './api.ts'
import { odooSettings } from './settings.ts'

/** What an order refers to and operators keep in Odoo. */
export interface MasterData {
  company: { id: number; currency: string; partners: readonly number[] }
  warehouses: readonly { id: number; code: string; name: string }[]
  taxes: readonly SalesTax[]
  pricelists: readonly { id: number; name: string; currency: string }[]
  countries: ReadonlyMap<string, number>
}

export interface SalesTax {
  id: number
  name: string
  /** Per cent. */
  amount: number
  amount_type: string
  price_include: boolean
}

/** As long as the hub holds one view of the connection, which is a second: a burst of orders reads it once. */
const READ = new WeakMap<ConnectionView, Promise<MasterData>>()

export function masterData(context: ConnectorContext): Promise<MasterData> {
  const known = READ.get(context.connection)
  if (known) return known
  const reading = read(odooApi(context), context)
  READ.set(context.connection, reading)
  reading.catch(() => READ.delete(context.connection))
  return reading
}

/** Somebody has just added what was missing: look again. */
export const forgetMasterData = ({ connection }: ConnectorContext): void => void READ.delete(connection)

async function read(odoo: Odoo, { connection }: ConnectorContext): Promise<MasterData> {
  const company = await companyOf(odoo, odooSettings(connection).company)
  const ours = ['company_id', 'in', [false, company.id]]
  const context = { allowed_company_ids: [company.id] }
  const [warehouses, taxes, pricelists, currencies, countries] = await Promise.all([
    odoo.searchRead<MasterData['warehouses'][number]>('stock.warehouse', {
      ...{ domain: [['company_id', '=', company.id]], fields: ['code', 'name'], context },
    }),
    odoo.searchRead<SalesTax>('account.tax', {
      domain: [['type_tax_use', '=', 'sale'], ours],
      fields: ['name', 'amount', 'amount_type', 'price_include'],
      context,
    }),
    odoo.searchRead<{ id: number; name: string; currency_id: number }>('product.pricelist', {
      ...{ domain: [ours], fields: ['name', 'currency_id'], context },
    }),
    odoo.searchRead<{ id: number; name: string }>('res.currency', { domain: [], fields: ['name'] }),
    odoo.searchRead<{ id: number; code: string }>('res.country', { domain: [], fields: ['code'] }),
  ])
  const codes = new Map(currencies.map(({ id, name }) => [id, name]))
  return {
    company: { ...company, currency: codes.get(company.currency) ?? '' },
    warehouses,
    taxes,
    pricelists: pricelists.map(({ id, name, currency_id }) => ({
      ...{ id, name, currency: codes.get(currency_id) ?? '' },
    })),
    countries: new Map(countries.map(({ id, code }) => [code, id])),
  }
}

interface Company {
  id: number
  name: string
  partner_id: number
  currency_id: number
}

async function companyOf(
  odoo: Odoo,
  name: string | undefined,
): Promise<{ id: number; currency: number; partners: number[] }> {
  const companies = await odoo.searchRead<Company>('res.company', {
    ...{ domain: [], fields: ['name', 'partner_id', 'currency_id'], order: 'id' },
  })
  const own = name === undefined ? companies[0] : companies.find(company => company.name === name)
  if (own)
    return { id: own.id, currency: own.currency_id, partners: companies.map(({ partner_id }) => partner_id) }
  throw missing(`company “${name ?? ''}”`)
}

/** What is not there, or is there twice: somebody has to make it, or to say which one. */
export const missing = (what: string): HubError =>
  new HubError('MASTER_DATA_MISSING', { detail: `Odoo has no ${what}.`, fingerprint: what })

export const ambiguous = (what: string, names: readonly string[]): HubError =>
  new HubError('MASTER_DATA_MISSING', {
    detail: `Odoo has more than one ${what} (${names.slice(0, 5).join(', ')}): name one in the settings.`,
    fingerprint: what,
  })
