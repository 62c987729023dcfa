import { type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { spApi } from '../api/sp-api.ts'
import { readSettlement, type Settlement } from './read-settlement.ts'

/** Amazon makes it at the end of each settlement period. */
export const SETTLEMENT_REPORT = 'GET_V2_SETTLEMENT_REPORT_DATA_FLAT_FILE_V2'

/** Downloads the flat file of a settlement report and reads it. */
export async function fetchSettlement(
  context: ConnectorContext,
  reportDocumentId: string,
): Promise<Settlement> {
  const api = spApi(context)
  const document = await api.call<{ url?: string; compressionAlgorithm?: string }>({
    operation: 'reports.getReportDocument',
    version: '2021-06-30',
    path: { reportDocumentId },
  })
  if (!document.url)
    throw new HubError('PARTNER_ANSWER_INVALID', { detail: 'The report document has no address.' })
  return readSettlement(await api.download({ ...document, url: document.url }))
}
