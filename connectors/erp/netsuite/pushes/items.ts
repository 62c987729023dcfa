import { type Api, type ConnectorContext, HubError } from '../../../sdk/index.ts'
import { quoted, type Reference, suiteql } from '../api.ts'
import { netsuiteSettings } from '../settings.ts'

/** What money of an order is beside its goods; each kind has an item of its own. */
type Charge = 'shipping' | 'discount' | 'fee' | 'tax'

/** A line as the outgoing mapping makes it: `sku` or `charge` names the item, the rest goes to NetSuite as it is. */
export type WantedLine = Record<string, unknown> & { sku?: string; charge?: Charge; description?: string }

/** What the mapping makes of the lines of a document: goods under the name of NetSuite's sublist, and money beside them. */
export interface WantedLines {
  item?: { items?: WantedLine[] }
  charges?: WantedLine[]
}

/** A line with the item it is of. */
export type ResolvedLine = Record<string, unknown> & { item: Reference }

/** Puts items in the place of SKUs and charges. Reads only. */
export async function resolveLines(
  api: Api,
  context: ConnectorContext,
  { item, charges = [] }: WantedLines,
): Promise<ResolvedLine[]> {
  const settings = netsuiteSettings(context.connection)
  // Without an item for it, NetSuite is to compute the tax itself.
  const lines = [...(item?.items ?? []), ...charges].filter(
    ({ charge }) => charge !== 'tax' || settings.taxItem !== undefined,
  )
  const skus = lines.flatMap(({ sku }) => sku ?? [])
  const named = lines.flatMap(({ charge }) => (charge ? nameOf(charge, settings) : []))
  const [goods, services] = await Promise.all([
    itemsBy(api, settings.skuField, skus),
    itemsBy(api, 'itemid', named),
  ])
  return lines.map(({ sku, charge, ...line }) => {
    const id = charge ? services.get(nameOf(charge, settings)) : sku ? goods.get(sku) : undefined
    if (!id) throw unknownItem({ sku, charge, description: line.description })
    return { ...line, item: { id } }
  })
}

function nameOf(charge: Charge, settings: ReturnType<typeof netsuiteSettings>): string {
  const name = settings[`${charge}Item`]
  if (name !== undefined) return name
  throw new HubError('MASTER_DATA_MISSING', {
    detail: `The order has a line for ${charge}, and the setting \`${charge}Item\` names no item.`,
    fingerprint: `${charge}Item`,
  })
}

function unknownItem({ sku, charge, description = '' }: WantedLine): HubError {
  const what = sku
    ? `no active item has the SKU “${sku}”`
    : charge
      ? `the item of the setting \`${charge}Item\` is not there`
      : `the line “${description.slice(0, 60)}” has no SKU`
  return new HubError('SKU_UNKNOWN', {
    detail: `Unknown item: ${what}.`,
    fingerprint: `sku:${sku ?? charge ?? ''}`,
  })
}

/** Internal ids by the value of a field, which has to be one item's alone. */
async function itemsBy(api: Api, field: string, values: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  if (values.length === 0) return found
  const list = [...new Set(values)].map(quoted).join(', ')
  const { items } = await suiteql<{ id: string; sku: string }>(
    api,
    `SELECT id, ${field} AS sku FROM item WHERE ${field} IN (${list}) AND isinactive = 'F'`,
  )
  for (const { id, sku } of items) {
    if (found.has(sku))
      throw new HubError('SKU_UNKNOWN', {
        detail: `Two active items have the SKU “${sku}”.`,
        fingerprint: `sku:${sku}`,
      })
    found.set(sku, String(id))
  }
  return found
}
