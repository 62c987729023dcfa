import { type ConnectorContext, type Decoded, HubError, parseJson, type RawMessage } from '../../sdk/index.ts'
import { deletedOrder, refundsOf, stockOf, trackingsOf, type WooRecord, wholeProduct } from './fetch-back.ts'
import { plainNames } from './html-entities.ts'
import { codeOf } from './responses.ts'
import { REST_REFUNDS, REST_STOCK, REST_TRACKINGS } from './topics.ts'

type FetchBack = (record: WooRecord, context: ConnectorContext) => Promise<Decoded> | Decoded

/** Topics that tell less than the document needs; what is not here is whole. */
const FETCH_BACK: Readonly<Record<string, FetchBack>> = {
  'order.deleted': deletedOrder,
  'product.created': wholeProduct,
  'product.updated': wholeProduct,
  'product.restored': wholeProduct,
  'rest/product': wholeProduct,
  [REST_REFUNDS]: refundsOf,
  [REST_TRACKINGS]: trackingsOf,
  [REST_STOCK]: stockOf,
}

/** From bytes to records with readable names; thin ones are fetched back. */
export async function decode(
  message: RawMessage & { via: string },
  context: ConnectorContext,
): Promise<Decoded> {
  const body = parseJson(message.body)
  const records: unknown[] = []
  for (const record of Array.isArray(body) ? body : [body]) {
    refuseFailed(record)
    const fetchBack = isRecord(record) ? FETCH_BACK[message.topic] : undefined
    const decoded: Decoded = fetchBack ? await fetchBack(record, context) : { records: [record] }
    if ('skip' in decoded) return decoded
    records.push(...decoded.records)
  }
  return { records: records.map(record => plainNames(record)) }
}

/** A webhook whose WordPress user may not read the record sends the refusal as its body. */
function refuseFailed(record: unknown): void {
  if (!isRecord(record) || 'id' in record || typeof record['data'] !== 'object' || !codeOf(record)) return
  throw new HubError('BODY_UNREADABLE', {
    detail: `The shop could not read the record for its webhook: ${codeOf(record).slice(0, 100)}.`,
    fingerprint: codeOf(record).slice(0, 100),
  })
}

const isRecord = (value: unknown): value is WooRecord => typeof value === 'object' && value !== null
