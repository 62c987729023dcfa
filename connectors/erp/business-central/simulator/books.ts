export interface SimulatedItem {
  id: string
  number: string
  displayName: string
  type: string
  blocked: boolean
  inventory: number
  unitPrice: number
  taxPercent: number
  lastModifiedDateTime: string
  itemVariants: object[]
  [member: string]: unknown
}

export interface SimulatedCustomer {
  '@odata.etag': string
  id: string
  number: string
  email: string
  blocked: string
  pricesIncludeTax?: boolean
  [member: string]: unknown
}

export interface SimulatedLine {
  '@odata.etag': string
  id: string
  sequence: number
  lineType: string
  lineObjectNumber: string
  description: string
  quantity: number
  unitPrice: number
  discountAmount: number
  taxPercent: number
  shippedQuantity: number
  shipQuantity: number
  invoiceQuantity: number
  [member: string]: unknown
}

export interface SimulatedDocument {
  '@odata.etag': string
  id: string
  number: string
  externalDocumentNumber: string
  customerNumber: string
  pricesIncludeTax: boolean
  status: string
  lastModifiedDateTime: string
  writes: number
  lines: SimulatedLine[]
  [member: string]: unknown
}

export interface SimulatedShipment {
  id: string
  number: string
  orderNumber: string
  externalDocumentNumber: string
  lastModifiedDateTime: string
  salesShipmentLines: object[]
  [member: string]: unknown
}

/** All that a company holds, as plain data: a transaction that fails puts a copy back. */
export interface Books {
  sequence: number
  items: SimulatedItem[]
  customers: SimulatedCustomer[]
  orders: SimulatedDocument[]
  memos: SimulatedDocument[]
  shipments: SimulatedShipment[]
  invoices: { id: string; orderNumber: string; externalDocumentNumber: string; [member: string]: unknown }[]
}

export const emptyBooks = (): Books => ({
  sequence: 0,
  items: [],
  customers: [],
  orders: [],
  memos: [],
  shipments: [],
  invoices: [],
})

export function nextId(books: Books): string {
  books.sequence += 1
  return `0a4e0000-be6e-4045-8dc8-${books.sequence.toString(16).padStart(12, '0')}`
}

export function nextEtag(books: Books): string {
  books.sequence += 1
  return `W/"JzE5Ozk${books.sequence}7MDA7Jw=="`
}
