import { priced } from './amounts.ts'
import { type Books, nextEtag, nextId, type SimulatedDocument, type SimulatedLine } from './books.ts'
import { Refused } from './refusal.ts'

export type Fields = Readonly<Record<string, unknown>>

/** Rates of VAT product posting groups; a G/L account has the standard rate. */
const RATES: Readonly<Record<string, number>> = { VAT19: 19, VAT7: 7, ZERO: 0 }

/** Longest texts of a sales header. */
const LENGTHS: Readonly<Record<string, number>> = {
  externalDocumentNumber: 35,
  shipToName: 100,
  shipToCity: 30,
  sellToCity: 30,
  phoneNumber: 30,
}

const READ_ONLY = ['totalAmountIncludingTax', 'totalAmountExcludingTax', 'status', 'number', 'id']

export interface Stamp {
  readonly books: Books
  readonly now: string
}

export function checkedHeader(fields: Fields): Fields {
  for (const name of READ_ONLY)
    if (name in fields) throw new Refused('BadRequest_InvalidOperation', `Control '${name}' is read-only.`)
  for (const [name, length] of Object.entries(LENGTHS))
    if (String(fields[name] ?? '').length > length)
      throw new Refused(
        'Application_StringExceededLength',
        `The length of the string is ${String(fields[name]).length}, but it must be less than or equal to ${length} characters. Value: ${String(fields[name])}`,
      )
  const reference = fields['externalDocumentNumber']
  return typeof reference === 'string'
    ? { ...fields, externalDocumentNumber: reference.toUpperCase() }
    : fields
}

export function newDocument(
  { books, now }: Stamp,
  fields: Fields,
  { prefix, lines }: { prefix: string; lines: readonly Fields[] },
): SimulatedDocument {
  const customer = books.customers.find(
    ({ id, number }) => number === fields['customerNumber'] || id === fields['customerId'],
  )
  if (!fields['customerNumber'] && !fields['customerId'])
    throw new Refused('Application_DialogException', 'A "customerNumber" or a "customerId" must be provided.')
  if (!customer) throw new Refused('Application_DialogException', 'The sell-to customer cannot be found.')
  const made: SimulatedDocument = {
    pricesIncludeTax: customer.pricesIncludeTax ?? false,
    externalDocumentNumber: '',
    ...checkedHeader(fields),
    '@odata.etag': nextEtag(books),
    id: nextId(books),
    number: `${prefix}${100_000 + books.sequence}`,
    customerNumber: customer.number,
    status: 'Draft',
    lastModifiedDateTime: now,
    writes: 1,
    lines: [],
  }
  for (const line of lines) addLine({ books, now }, made, line)
  return made
}

export function addLine({ books }: Stamp, document: SimulatedDocument, fields: Fields): SimulatedLine {
  const quantity = Number(fields['quantity'] ?? 0)
  const line: SimulatedLine = {
    lineObjectNumber: '',
    description: '',
    discountAmount: 0,
    unitPrice: 0,
    lineType: 'Comment',
    ...fields,
    '@odata.etag': nextEtag(books),
    id: nextId(books),
    sequence: (document.lines.at(-1)?.sequence ?? 0) + 10_000,
    quantity,
    taxPercent: taxOf(books, fields),
    shippedQuantity: 0,
    shipQuantity: quantity,
    invoiceQuantity: quantity,
  }
  document.lines.push(priced(line, document.pricesIncludeTax))
  return line
}

function taxOf({ items }: Books, { lineType, lineObjectNumber, taxCode }: Fields): number {
  if (lineType === 'Comment' || lineType === undefined) return 0
  const item = items.find(({ number }) => number === lineObjectNumber)
  if (lineType === 'Item' && !item) throw new Refused('Application_DialogException', 'Item does not exist.')
  if (lineType === 'Account' && !/^\d{4}$/.test(String(lineObjectNumber)))
    throw new Refused('Application_DialogException', 'Account does not exist.')
  return typeof taxCode === 'string' ? (RATES[taxCode] ?? 0) : (item?.taxPercent ?? 19)
}

export function changeLine(
  books: Books,
  document: SimulatedDocument,
  id: string,
  fields: Fields,
): SimulatedLine {
  const index = document.lines.findIndex(line => line.id === id)
  const line = document.lines[index]!
  if ('lineObjectNumber' in fields && fields['lineObjectNumber'] !== line.lineObjectNumber)
    throw new Refused('Application_DialogException', 'The value for "lineObjectNumber" cannot be modified.')
  const quantity = Number(fields['quantity'] ?? line.quantity)
  if (quantity < line.shippedQuantity)
    throw new Refused(
      'Application_FieldValidationException',
      'Quantity must not be less than Quantity Shipped.',
    )
  const open = quantity - line.shippedQuantity
  const changed = {
    ...line,
    shipQuantity: open,
    invoiceQuantity: open,
    ...fields,
    quantity,
    '@odata.etag': nextEtag(books),
  }
  document.lines[index] = priced(changed, document.pricesIncludeTax)
  return changed
}

export function removeLine(document: SimulatedDocument, id: string): void {
  const line = document.lines.find(one => one.id === id)
  if (line && line.shippedQuantity > 0)
    throw new Refused(
      'Application_FieldValidationException',
      'Quantity Shipped must be equal to 0 in Sales Line.',
    )
  document.lines = document.lines.filter(one => one.id !== id)
}

export function touchDocument({ books, now }: Stamp, document: SimulatedDocument): void {
  document['@odata.etag'] = nextEtag(books)
  document.lastModifiedDateTime = now
  document.writes += 1
}
