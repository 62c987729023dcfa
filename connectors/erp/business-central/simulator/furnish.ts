import { nextEtag, nextId, type SimulatedItem } from './books.ts'
import type { SimulatedCompany } from './company.ts'
import { newDocument } from './documents.ts'
import { shipAndInvoice } from './posting.ts'

/** An order that somebody entered, one of whose two mugs was shipped. */
export const SHIPPED_ORDER = '0a4e0000-be6e-4045-8dc8-5417ed000000'
export const WEB_CUSTOMER = 'C-WEB'

/** What the company has before anybody connects. */
export function furnish(company: SimulatedCompany, at: number): void {
  const { books } = company
  for (const [number, taxPercent] of Object.entries({ 'MUG-1': 19, CARD: 19, 'BOOK-1': 7 }))
    addItem(company, { number, taxPercent, at })
  books.customers.push({
    ...{ id: nextId(books), number: WEB_CUSTOMER, email: '', blocked: ' ', pricesIncludeTax: true },
    '@odata.etag': nextEtag(books),
  })
  const stamp = company.stamp(at)
  const line = {
    lineType: 'Item',
    lineObjectNumber: 'MUG-1',
    description: 'Trail Mug',
    quantity: 2,
    unitPrice: 10,
  }
  const header = { customerNumber: WEB_CUSTOMER, externalDocumentNumber: 'PO-77', shipToName: 'Brûlé GmbH' }
  const order = newDocument(stamp, header, { prefix: 'S-ORD', lines: [line] })
  order.id = SHIPPED_ORDER
  order.lines[0]!.shipQuantity = 1
  books.orders.push(order)
  shipAndInvoice(stamp, order)
}

export function addItem(
  { books }: SimulatedCompany,
  { number, at, taxPercent = 19 }: { number: string; at: number; taxPercent?: number },
): SimulatedItem {
  const item: SimulatedItem = {
    id: nextId(books),
    number,
    displayName: `Item ${number}`,
    type: 'Inventory',
    itemCategoryCode: '',
    blocked: false,
    gtin: '',
    inventory: 100,
    unitPrice: 12.5,
    priceIncludesTax: false,
    unitCost: 7,
    taxGroupCode: '',
    baseUnitOfMeasureCode: 'PCS',
    taxPercent,
    lastModifiedDateTime: new Date(at).toISOString(),
    itemVariants: [],
  }
  books.items.push(item)
  return item
}
