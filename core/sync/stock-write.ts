import type { Delivery, StoredDocument } from '../contracts/store.ts'
import { HubError } from '../errors/hub-error.ts'
import type { StockKeeper, StockWrite } from '../inventory/keeper.ts'

/** What the ledger of stock wants written now, where the delivery is one of its own; from here on it counts as sent. */
export async function beginStockWrite(
  stock: StockKeeper | undefined,
  delivery: Delivery,
): Promise<StockWrite | undefined> {
  const write = await stock?.begin(delivery)
  if (write === null) throw new HubError('SUPERSEDED', { detail: 'The channel shows what it is to show.' })
  return write
}

/** The figure of this moment, in place of the one that the document was made with. */
export const withFigure = (document: StoredDocument, write: StockWrite | undefined): StoredDocument =>
  write ? { ...document, body: { ...document.body, available: write.quantity } } : document
