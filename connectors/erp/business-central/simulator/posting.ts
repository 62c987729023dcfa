import { priced, totalsOf } from './amounts.ts'
import { nextId, type SimulatedDocument, type SimulatedShipment } from './books.ts'
import { type Stamp, touchDocument } from './documents.ts'
import { Refused } from './refusal.ts'

/** Ships and invoices what the lines say; an order of which nothing is left is deleted. */
export function shipAndInvoice(stamp: Stamp, order: SimulatedDocument): void {
  const { books, now } = stamp
  const leaving = order.lines.filter(({ shipQuantity }) => shipQuantity > 0)
  if (leaving.length === 0) throw new Refused('Application_DialogException', 'There is nothing to post.')
  const shipped = { orderNumber: order.number, externalDocumentNumber: order.externalDocumentNumber }
  const shipment: SimulatedShipment = {
    ...shipped,
    id: nextId(books),
    number: `S-SHPT${100_000 + books.sequence}`,
    postingDate: now.slice(0, 10),
    customerNumber: order.customerNumber,
    shipToName: order['shipToName'] ?? '',
    lastModifiedDateTime: now,
    salesShipmentLines: order.lines.map(line => ({
      id: nextId(books),
      lineType: line.lineType === 'Comment' ? ' ' : line.lineType,
      lineObjectNumber: line.lineObjectNumber,
      description: line.description,
      quantity: line.shipQuantity,
    })),
  }
  books.shipments.push(shipment)
  const invoiced = leaving.map(line =>
    priced({ ...line, quantity: line.shipQuantity }, order.pricesIncludeTax),
  )
  books.invoices.push({
    ...shipped,
    ...totalsOf(invoiced),
    id: nextId(books),
    number: `PS-INV${100_000 + books.sequence}`,
    customerNumber: order.customerNumber,
    status: 'Open',
  })
  for (const line of leaving) {
    line.shippedQuantity += line.shipQuantity
    line.shipQuantity = line.quantity - line.shippedQuantity
    line.invoiceQuantity = line.shipQuantity
    const item = books.items.find(({ number }) => number === line.lineObjectNumber)
    if (item) item.inventory -= line.shippedQuantity
  }
  touchDocument(stamp, order)
  if (order.lines.every(line => line.shippedQuantity >= line.quantity))
    books.orders = books.orders.filter(({ id }) => id !== order.id)
}
