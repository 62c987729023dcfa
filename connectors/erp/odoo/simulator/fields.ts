/** Relations of the models that the connector touches: field → model; a list of ids where the name ends in `_ids` or is here as `many`. */
export const RELATIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sale.order': {
    partner_id: 'res.partner',
    partner_invoice_id: 'res.partner',
    partner_shipping_id: 'res.partner',
    company_id: 'res.company',
    warehouse_id: 'stock.warehouse',
    pricelist_id: 'product.pricelist',
    team_id: 'crm.team',
    carrier_id: 'delivery.carrier',
  },
  'sale.order.line': { order_id: 'sale.order', product_id: 'product.product', tax_ids: 'account.tax' },
  'res.partner': { parent_id: 'res.partner', state_id: 'res.country.state', country_id: 'res.country' },
}

/** Fields that hold numbers; everything else of a load is text, a relation or a truth value. */
export const NUMBERS: ReadonlySet<string> = new Set([
  ...['product_uom_qty', 'price_unit', 'discount', 'quantity', 'sequence'],
])

export const isMany = (field: string): boolean => field.endsWith('_ids')

/** Fields that hold a date and time in Odoo's form. */
export const TIMES: ReadonlySet<string> = new Set(['date_order', 'commitment_date'])
