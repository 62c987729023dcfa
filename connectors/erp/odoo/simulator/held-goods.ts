import type { Database, Row } from './database.ts'

interface Held {
  key: string
  body: unknown
  writes: number
}

const boundOf = (database: Database, model: string, name: RegExp): Row[] =>
  database.search('ir.model.data', [['model', '=', model]]).filter(row => name.test(String(row['name'])))

const movesOf = (database: Database, picking: unknown): Row[] =>
  database.search('stock.move', [['picking_id', '=', picking]])

/** Transfers that have left and that a shipment of the hub has taken. */
export function heldShipments(database: Database): Held[] {
  return boundOf(database, 'stock.picking', /^shipment_[0-9a-f]{32}$/).flatMap(({ name, res_id }) => {
    const picking = database.get('stock.picking', res_id)
    if (picking['state'] !== 'done') return []
    return [{ key: String(name), body: { ...picking, moves: movesOf(database, res_id) }, writes: 1 }]
  })
}

/** Credit notes, with the goods that came back for them. */
export function heldReturns(database: Database): Held[] {
  return boundOf(database, 'account.move', /^credit_[0-9a-f]{32}$/).map(({ name, res_id }) => {
    const [transfer] = boundOf(
      database,
      'stock.picking',
      new RegExp(`^${String(name).replace('credit', 'return')}$`),
    )
    return {
      key: String(name),
      body: {
        ...database.get('account.move', res_id),
        back: transfer && movesOf(database, transfer['res_id']),
      },
      writes: 1,
    }
  })
}
