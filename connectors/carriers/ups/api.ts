import { createHash } from 'node:crypto'
import { type Api, type ConnectorContext, createApi } from '../../sdk/index.ts'
import { responses } from './responses.ts'
import { upsHost, upsSettings } from './settings.ts'

/** UPS's tracking APIs; paths are those of the documentation after `/api/track`. `about` makes the id of the transaction. */
export function upsApi(context: ConnectorContext, about: string): Api {
  const { settings } = context.connection
  const { transactionSource } = upsSettings(context.connection)
  const transId = createHash('sha256').update(`${about}|${context.now()}`).digest('hex').slice(0, 32)
  return createApi(context, {
    baseUrl: `${upsHost(settings)}/api/track`,
    headers: token => ({
      authorization: `Bearer ${token}`,
      transid: transId,
      transactionsrc: transactionSource,
    }),
    responses,
  })
}

/** As everybody means it: people write it with spaces and small letters. */
export const trackingNumber = (written: unknown): string | null => {
  const number = typeof written === 'string' ? written.replaceAll(/[\s-]+/g, '').toUpperCase() : ''
  return number === '' ? null : number
}
