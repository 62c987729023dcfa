import type { PolledPage } from '../../../sdk/index.ts'
import { POLLED_ITEM } from '../topics.ts'
import { type PollOf, pollChanged } from './changed.ts'

const FIELDS = [
  ...['item_name', 'item_code', 'item_group', 'brand', 'description', 'disabled', 'is_stock_item'],
  ...['stock_uom', 'standard_rate', 'weight_per_unit', 'weight_uom', 'country_of_origin'],
]

/** Items that are sold; templates of variants are not, their variants are. */
export const pollItems = (of: PollOf): AsyncIterable<PolledPage> =>
  pollChanged(of, {
    ...{ topic: POLLED_ITEM, doctype: 'Item', fields: FIELDS },
    filters: [
      ['is_sales_item', '=', 1],
      ['has_variants', '=', 0],
    ],
  })
