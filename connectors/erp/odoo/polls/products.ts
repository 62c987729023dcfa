import type { PolledPage } from '../../../sdk/index.ts'
import { odooApi } from '../api.ts'
import { masterData } from '../master-data.ts'
import { POLLED_PRODUCT } from '../topics.ts'
import { type ChangedRow, changedIn, latest, type PollOf, pollChanged, type Window } from './changed.ts'

const SIZE = 200

/** Archived ones are told of as well: that they are is the news. */
const ALL = { active_test: false }

interface TemplateRow extends Record<string, unknown> {
  id: number
  write_date: string
}

interface VariantRow extends Record<string, unknown> {
  id: number
  product_tmpl_id: number
  write_date: string
}

const FIELDS = [
  ...['name', 'type', 'active', 'sale_ok', 'description_sale', 'categ_id', 'weight_uom_name'],
  ...['create_date', 'write_date'],
]
const VARIANT_FIELDS = [
  ...['default_code', 'barcode', 'display_name', 'lst_price', 'weight', 'active', 'is_storable'],
  ...['product_tmpl_id', 'write_date'],
]

/** Products that are sold, each with its variants; a change of either is one of the product. */
export const pollProducts = (of: PollOf): AsyncIterable<PolledPage> =>
  pollChanged<ChangedRow>(of, { topic: POLLED_PRODUCT, read: window => read(window, of) })

async function read(
  window: Window,
  { context }: PollOf,
): Promise<{ rows: ChangedRow[]; last: number | null }> {
  const odoo = odooApi(context)
  const { company } = await masterData(context)
  const templates = await odoo.call<TemplateRow[]>('product.template', 'search_read', {
    domain: [
      ...changedIn(window, 'product_variant_ids'),
      ['sale_ok', '=', true],
      ['active', 'in', [true, false]],
      ['company_id', 'in', [false, company.id]],
    ],
    ...{ fields: FIELDS, order: 'id', limit: SIZE, context: ALL },
  })
  const variants = await odoo.searchRead<VariantRow>('product.product', {
    domain: [
      ['product_tmpl_id', 'in', templates.map(({ id }) => id)],
      ['active', 'in', [true, false]],
    ],
    ...{ fields: VARIANT_FIELDS, order: 'id', context: ALL },
  })
  const rows = templates.map(template => {
    const own = variants.filter(row => row.product_tmpl_id === template.id)
    const { write_date: _, ...product } = template
    return {
      ...product,
      currency: company.currency,
      variants: own.map(({ write_date: __, product_tmpl_id: ___, ...variant }) => variant),
      changed_at: latest(template.write_date, ...own.map(row => row.write_date)),
    }
  })
  return { rows, last: templates.length === SIZE ? templates.at(-1)!.id : null }
}
