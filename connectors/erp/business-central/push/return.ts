import { type ConnectorContext, HubError, type PushOperation, type PushResult } from '../../../sdk/index.ts'
import { type Company, openCompany } from '../api.ts'
import { referenceOf } from '../reference.ts'
import { doubled, findDocument, findPosted } from './find-document.ts'
import { requireLines } from './require-lines.ts'
import { computedTotal, forBusinessCentral, type Pushing, rewrite } from './rewrite.ts'
import {
  CREDIT_MEMOS,
  ORDERS,
  type SalesDocument,
  type WantedLine,
  withNumber,
  withReference,
} from './sales-document.ts'
import { requireTotal, type Total } from './total.ts'

interface WantedReturn {
  readonly total: Total
  readonly customerNumber: string | undefined
  readonly lines: readonly WantedLine[]
  readonly header: Readonly<Record<string, unknown>>
}

function wantedOf({ body }: PushOperation): WantedReturn {
  const { total = {}, customerNumber, salesCreditMemoLines = [], ...header } = body
  return {
    total: total as Total,
    customerNumber: typeof customerNumber === 'string' ? customerNumber : undefined,
    lines: salesCreditMemoLines as readonly WantedLine[],
    header,
  }
}

/**
 * A refund becomes a draft credit memo of the order's customer; posting it is the accountant's. First the header, because
 * only its answer tells whether this customer's prices include tax, then the lines: a memo that was left without lines is
 * found by its reference and gets them.
 */
export async function pushReturn(operation: PushOperation, context: ConnectorContext): Promise<PushResult> {
  const pushing = { company: openCompany(context), operation, context }
  const { lines, header, total, customerNumber } = wantedOf(operation)
  await requireLines(pushing.company, lines)
  const memo =
    (await findDocument(pushing.company, CREDIT_MEMOS, operation)) ??
    (await begin(pushing, { header, customerNumber }))
  const settled = isDraft(memo)
    ? await rewrite(pushing, CREDIT_MEMOS, {
        found: memo,
        wanted: { header, lines: lines.map(priced(memo)) },
      })
    : memo
  requireTotal(total, settled.number, [computedTotal(settled)])
  return { externalId: settled.number, status: 200 }
}

const isDraft = ({ status }: SalesDocument): boolean => status === undefined || status === 'Draft'

async function begin(
  { company, operation }: Pushing,
  { header, customerNumber }: Pick<WantedReturn, 'header' | 'customerNumber'>,
): Promise<SalesDocument> {
  const customer = customerNumber ?? (await customerOf(company, operation))
  const externalDocumentNumber = referenceOf(operation.key)
  operation.sending()
  await company.api.call({
    method: 'POST',
    path: company.path(CREDIT_MEMOS.set),
    body: { ...header, customerNumber: customer, externalDocumentNumber },
  })
  const [memo, ...others] = await withReference(company, CREDIT_MEMOS, externalDocumentNumber)
  if (!memo) throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The new credit memo is not found.' })
  if (others.length > 0) throw doubled(CREDIT_MEMOS, [memo, ...others])
  return memo
}

/** Of the order that comes back, wherever it has got to. */
async function customerOf(company: Company, { dependencies }: PushOperation): Promise<string> {
  const [number] = Object.entries(dependencies).flatMap(([id, at]) => (id.startsWith('order:') ? [at] : []))
  if (number !== undefined) {
    const [order] = await withNumber(company, ORDERS, number)
    const customer =
      order?.['customerNumber'] ??
      (await findPosted(company, { key: '', externalId: number }))?.customerNumber
    if (typeof customer === 'string') return customer
  }
  throw new HubError('PARTNER_REFUSED', {
    detail: 'The return names no order of which Business Central knows the customer.',
    fingerprint: 'customer',
  })
}

/** The mapping gives both prices; which one holds is a matter of the customer's card. */
const priced =
  ({ pricesIncludeTax }: SalesDocument) =>
  ({ unitPriceIncludingTax, unitPriceExcludingTax, ...line }: WantedLine): WantedLine => {
    const unitPrice = pricesIncludeTax === true ? unitPriceIncludingTax : unitPriceExcludingTax
    return forBusinessCentral(unitPrice === undefined ? line : { ...line, unitPrice })
  }
