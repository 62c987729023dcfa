import type { Company } from '../api.ts'
import { find } from '../api.ts'
import { equals } from '../odata.ts'

/** The two kinds of sales documents that the hub writes, by the names of their entity sets. */
export interface Kind {
  readonly set: 'salesOrders' | 'salesCreditMemos'
  readonly lines: 'salesOrderLines' | 'salesCreditMemoLines'
  /** For people. */
  readonly name: string
}

export const ORDERS: Kind = { set: 'salesOrders', lines: 'salesOrderLines', name: 'sales order' }

export const CREDIT_MEMOS: Kind = {
  set: 'salesCreditMemos',
  lines: 'salesCreditMemoLines',
  name: 'credit memo',
}

/** A line as an outgoing mapping makes it. */
export interface WantedLine {
  readonly lineType?: string
  readonly lineObjectNumber?: string
  readonly description?: string
  readonly [member: string]: unknown
}

export interface Line extends WantedLine {
  readonly id: string
  readonly shippedQuantity?: number
}

/** As Business Central shows it, with its lines under the name of their set. */
export interface SalesDocument {
  readonly '@odata.etag'?: string
  readonly id: string
  readonly number: string
  readonly [member: string]: unknown
}

export const linesOf = (document: SalesDocument, kind: Kind): readonly Line[] =>
  Array.isArray(document[kind.lines]) ? (document[kind.lines] as Line[]) : []

/** Every document with this reference; more than one was not made by the hub alone. */
export const withReference = (company: Company, kind: Kind, reference: string): Promise<SalesDocument[]> =>
  find(company, kind.set, { filter: equals('externalDocumentNumber', reference), expand: kind.lines })

export const withNumber = (company: Company, kind: Kind, number: string): Promise<SalesDocument[]> =>
  find(company, kind.set, { filter: equals('number', number), expand: kind.lines })
