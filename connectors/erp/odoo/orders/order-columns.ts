import type { ConnectorContext } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { ambiguous, type MasterData, missing } from '../master-data.ts'
import { type OdooSettings, odooSettings } from '../settings.ts'
import type { OrderBody } from './body.ts'
import { type Cells, cellsOf, htmlOf } from './cells.ts'

/** Columns of the sale order beside its customer: the overlay's as they are, what is named by a code as an id. */
export async function orderColumns(
  body: OrderBody,
  master: MasterData,
  context: ConnectorContext,
): Promise<Cells> {
  const settings = odooSettings(context.connection)
  const { note, ...order } = body.order
  const ids = {
    'company_id/.id': settings.company === undefined ? undefined : master.company.id,
    'warehouse_id/.id': warehouseOf(body, settings, master),
    'pricelist_id/.id': pricelistOf(body, settings, master),
    'team_id/.id': await namedOf('crm.team', settings.salesTeam, context),
    'carrier_id/.id': await namedOf('delivery.carrier', settings.carriers[body.carrier ?? ''], context),
  }
  return {
    ...cellsOf(Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined))),
    ...cellsOf(order),
    note: htmlOf(typeof note === 'string' ? note : ''),
  }
}

function warehouseOf({ warehouse }: OrderBody, settings: OdooSettings, { warehouses }: MasterData) {
  const code = warehouse || settings.warehouse
  if (code === undefined) return undefined
  const found = warehouses.find(one => one.code === code) ?? warehouses.find(one => one.name === code)
  if (found) return found.id
  throw missing(`warehouse “${code}”`)
}

/** The currency of a sale order is that of its pricelist; without pricelists it is the company's. */
function pricelistOf({ currency }: OrderBody, settings: OdooSettings, { pricelists, company }: MasterData) {
  const name = settings.pricelists[currency]
  const fitting = pricelists.filter(one => one.currency === currency && (name ?? one.name) === one.name)
  if (fitting.length === 1) return fitting[0]!.id
  if (fitting.length > 1)
    throw ambiguous(
      `pricelist in ${currency}`,
      fitting.map(one => one.name),
    )
  if (name === undefined && pricelists.length === 0 && currency === company.currency) return undefined
  throw missing(`pricelist ${name === undefined ? '' : `“${name}” `}in ${currency}`)
}

/** Id of the record with this name; undefined: none is asked for. */
export async function namedOf(model: string, name: string | undefined, context: ConnectorContext) {
  if (name === undefined) return undefined
  return context.together<string, number>(name, {
    name: `named ${model}`,
    async send(names) {
      const rows = await odooApi(context).searchRead<{ id: number; name: string }>(model, {
        ...{ domain: [['name', 'in', names]], fields: ['name'], order: 'id' },
      })
      return names.map(one => rows.find(row => row.name === one)?.id ?? missing(`${model} “${one}”`))
    },
  })
}
