import { asHubError, type ConnectorContext, HubError, type PushOperation } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { digestOf, MODULE } from '../external-ids.ts'
import { findRecords } from '../find-records.ts'

const MODEL = 'stock.picking'
/** Transfers of one shipment. */
const MOST = 10

/** The transfers of a shipment, each under a name made of its key. */
const namesFor = (key: string): string[] =>
  Array.from({ length: MOST }, (_, nth) => `shipment_${digestOf(key)}${nth === 0 ? '' : `_${nth + 1}`}`)

/** The other way round: who has taken a transfer. */
const takenName = (transfer: number): string => `shipment_of_${transfer}`

/** Ids of the transfers that the shipment has taken, in their order. */
export async function claimedBy(key: string, context: ConnectorContext): Promise<number[]> {
  const names = namesFor(key)
  const known = await findRecords(odooApi(context), MODEL, names)
  return names.flatMap(name => known.get(name) ?? [])
}

/** Those of the transfers that some shipment of the hub has taken. */
export async function takenOf(
  transfers: readonly number[],
  context: ConnectorContext,
): Promise<ReadonlySet<number>> {
  const known = await findRecords(odooApi(context), MODEL, transfers.map(takenName))
  return new Set(known.values())
}

/**
 * Writes down, before anything is validated, which transfers the shipment takes: whoever comes after a crash finds what
 * was done under its key. Both names are unique in PostgreSQL and made in one transaction, so that no two shipments take
 * one transfer and no shipment takes two for one; who comes second looks again.
 */
export async function claim(
  transfers: readonly number[],
  { key, sending }: PushOperation,
  context: ConnectorContext,
): Promise<void> {
  if (transfers.length > MOST)
    throw new HubError('PARTNER_REFUSED', {
      detail: `The shipment is spread over ${transfers.length} transfers.`,
    })
  const names = namesFor(key)
  const rows = transfers.flatMap((id, nth) => [names[nth]!, takenName(id)].map(name => ({ id, name })))
  sending()
  try {
    await odooApi(context).call('ir.model.data', 'create', {
      vals_list: rows.map(({ id, name }) => ({ module: MODULE, name, model: MODEL, res_id: id })),
    })
  } catch (thrown) {
    const error = asHubError(thrown)
    if (error.status !== 422) throw error
    throw new HubError('PARTNER_CONFLICT', {
      detail: 'Another shipment has just taken the transfer.',
      fingerprint: 'odoo transfer taken',
      cause: error,
    })
  }
}

/** Gives transfers back that were taken and never validated. */
export async function release(
  transfers: readonly number[],
  { key, sending }: PushOperation,
  context: ConnectorContext,
): Promise<void> {
  const odoo = odooApi(context)
  const rows = await odoo.searchRead<{ id: number }>('ir.model.data', {
    domain: [
      ['module', '=', MODULE],
      ['model', '=', MODEL],
      ['name', 'in', [...namesFor(key), ...transfers.map(takenName)]],
    ],
    fields: ['name'],
  })
  sending()
  await odoo.call('ir.model.data', 'unlink', { ids: rows.map(({ id }) => id) })
}
