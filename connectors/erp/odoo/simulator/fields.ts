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
    currency_id: 'res.currency',
  },
  'sale.order.line': { order_id: 'sale.order', product_id: 'product.product', tax_ids: 'account.tax' },
  'stock.picking': {
    sale_id: 'sale.order',
    partner_id: 'res.partner',
    picking_type_id: 'stock.picking.type',
    carrier_id: 'delivery.carrier',
    location_id: 'stock.location',
    location_dest_id: 'stock.location',
    return_id: 'stock.picking',
    backorder_id: 'stock.picking',
  },
  'stock.move': {
    picking_id: 'stock.picking',
    product_id: 'product.product',
    product_uom: 'uom.uom',
    sale_line_id: 'sale.order.line',
    location_id: 'stock.location',
    location_dest_id: 'stock.location',
    picking_type_id: 'stock.picking.type',
    origin_returned_move_id: 'stock.move',
  },
  'stock.picking.type': { warehouse_id: 'stock.warehouse', return_picking_type_id: 'stock.picking.type' },
  'stock.quant': { product_id: 'product.product', location_id: 'stock.location' },
  'stock.location': { warehouse_id: 'stock.warehouse' },
  'product.product': { product_tmpl_id: 'product.template' },
  'account.move': {
    partner_id: 'res.partner',
    currency_id: 'res.currency',
    reversed_entry_id: 'account.move',
  },
  'account.move.line': {
    move_id: 'account.move',
    product_id: 'product.product',
    tax_ids: 'account.tax',
    sale_line_ids: 'sale.order.line',
  },
  'res.partner': { parent_id: 'res.partner', state_id: 'res.country.state', country_id: 'res.country' },
}

/** Relations that another model keeps: field → that model and its field. */
export const INVERSE: Readonly<Record<string, Readonly<Record<string, readonly [string, string]>>>> = {
  'stock.picking': { move_ids: ['stock.move', 'picking_id'] },
  'product.template': { product_variant_ids: ['product.product', 'product_tmpl_id'] },
  'account.move': { line_ids: ['account.move.line', 'move_id'] },
}

/** Lines that come with a load: model → column, model of the lines, field that leads back. */
export const LINES_OF: Readonly<Record<string, readonly [column: string, model: string, back: string]>> = {
  'sale.order': ['order_line', 'sale.order.line', 'order_id'],
  'stock.picking': ['move_ids', 'stock.move', 'picking_id'],
  'account.move': ['invoice_line_ids', 'account.move.line', 'move_id'],
}

/** Fields that hold numbers; everything else of a load is text, a relation or a truth value. */
export const NUMBERS: ReadonlySet<string> = new Set([
  ...['product_uom_qty', 'price_unit', 'discount', 'quantity', 'sequence'],
])

export const isMany = (field: string): boolean => field.endsWith('_ids')

/** Fields that hold a date and time in Odoo's form. */
export const TIMES: ReadonlySet<string> = new Set(['date_order', 'commitment_date'])
