import { HubError, type PushOperation } from '../../../sdk/index.ts'
import type { Company } from '../api.ts'
import { find } from '../api.ts'
import { equals } from '../odata.ts'
import { referenceOf } from '../reference.ts'
import { type Kind, type SalesDocument, withNumber, withReference } from './sales-document.ts'

/** The document of this operation: by its reference, then by its number in case somebody changed the reference. */
export async function findDocument(
  company: Company,
  kind: Kind,
  { key, externalId }: PushOperation,
): Promise<SalesDocument | null> {
  const [found, ...more] = await withReference(company, kind, referenceOf(key))
  if (found) {
    if (more.length > 0) throw doubled(kind, [found, ...more])
    return found
  }
  if (externalId === null) return null
  return (await withNumber(company, kind, externalId))[0] ?? null
}

/** A person made a copy, or an answer came so late that the hub had given up: nothing is deleted on a guess. */
export const doubled = (kind: Kind, documents: readonly SalesDocument[]): HubError =>
  new HubError('PARTNER_REFUSED', {
    detail: `Business Central has more than one ${kind.name} with this reference: ${documents.map(({ number }) => number).join(', ')}. Delete all but one, then replay.`,
    fingerprint: 'doubled',
  })

/** What became of an order that is no longer there: posted, and deleted by Business Central when all was invoiced. */
export interface Posted {
  readonly number: string
  readonly customerNumber?: string
  /** Sum of its invoices; undefined where only shipments are found. */
  readonly total?: readonly number[]
}

interface PostedDocument {
  orderNumber?: string
  customerNumber?: string
  status?: string
  totalAmountIncludingTax?: number
}

/** Looks where orders go, in the direction in which they go: none slips between two looks. */
export async function findPosted(
  company: Company,
  { key, externalId }: Pick<PushOperation, 'key' | 'externalId'>,
): Promise<Posted | null> {
  const reference = equals('externalDocumentNumber', referenceOf(key))
  return (
    (await posted(company, reference)) ??
    (externalId === null ? null : posted(company, equals('orderNumber', externalId)))
  )
}

async function posted(company: Company, filter: string): Promise<Posted | null> {
  const invoices = (await find<PostedDocument>(company, 'salesInvoices', { filter })).filter(isPosted)
  const [invoice] = invoices
  if (invoice?.orderNumber)
    return {
      number: invoice.orderNumber,
      customerNumber: invoice.customerNumber,
      total: invoices.map(one => one.totalAmountIncludingTax ?? 0),
    }
  const [shipment] = await find<PostedDocument>(company, 'salesShipments', { filter })
  return shipment?.orderNumber
    ? { number: shipment.orderNumber, customerNumber: shipment.customerNumber }
    : null
}

const isPosted = ({ status, orderNumber }: PostedDocument): boolean =>
  status !== 'Draft' && Boolean(orderNumber)
