import { type Api, type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { type Doc, listDocs } from '../api.ts'
import { erpnextSettings } from '../settings.ts'

/** What money of an order is beside its goods; each kind has an account of its own. */
type Charge = 'shipping' | 'fee' | 'tax'

export type ChargeLine = { charge: Charge; description?: string; tax_amount: number }

export type ItemLine = Record<string, unknown> & { item_code?: string; description?: string }

/** Charges as rows of the table `taxes`, to the cent. */
export function taxesOf({ connection }: ConnectorContext, charges: readonly ChargeLine[]) {
  const settings = erpnextSettings(connection)
  return (
    charges
      // Without an account for it, ERPNext is to compute the tax itself.
      .filter(({ charge }) => charge !== 'tax' || settings.taxAccount !== undefined)
      .map(({ charge, description, tax_amount }) => {
        const account = settings[`${charge}Account`]
        if (account === undefined)
          throw new HubError('PARTNER_REFUSED', {
            detail: `There is money for ${charge}, and the setting \`${charge}Account\` names no account.`,
            fingerprint: `${charge}Account`,
          })
        return {
          charge_type: 'Actual',
          account_head: account,
          description: description ?? charge,
          tax_amount,
        }
      })
  )
}

/** Every line names an item that is there and not disabled. Reads only. */
export async function assertItems(api: Api, lines: readonly ItemLine[]): Promise<void> {
  const nameless = lines.find(({ item_code }) => !item_code)
  if (nameless)
    throw new HubError('SKU_UNKNOWN', {
      detail: `Unknown item: the line “${String(nameless.description ?? '').slice(0, 60)}” has no SKU.`,
      fingerprint: 'sku:',
    })
  const codes = [...new Set(lines.map(({ item_code }) => item_code))]
  if (codes.length === 0) return
  const known = await listDocs<{ name: string }>(api, 'Item', {
    filters: [
      ['name', 'in', codes],
      ['disabled', '=', 0],
    ],
    limit: codes.length,
  })
  const missing = codes.find(code => !known.some(({ name }) => name === code))
  if (missing !== undefined)
    throw new HubError('SKU_UNKNOWN', {
      detail: `Unknown item: no active item has the SKU “${missing}”.`,
      fingerprint: `sku:${missing}`,
    })
}

/** Whether a document's rows have the same values in these fields as the wanted ones. */
export const sameRows = (
  doc: Doc,
  wanted: Readonly<Record<string, unknown>>,
  rows: string,
  fields: string[],
) => marks(doc[rows], fields) === marks(wanted[rows], fields)

function marks(rows: unknown, fields: readonly string[]): string {
  const list = Array.isArray(rows) ? (rows as Record<string, unknown>[]) : []
  return list.map(row => fields.map(field => mark(row[field])).join('|')).join('\n')
}

/** The site fills empty fields with nothing, zero or an empty text. */
export const mark = (value: unknown): string =>
  typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value))
    ? String(Number(Number(value).toFixed(6)))
    : String(value ?? '')
