import type { Database } from './database.ts'

/** Master data of a small company, and the articles that it sells. */
export function seed(database: Database, articles: readonly string[]): void {
  const make = (model: string, rows: readonly Record<string, unknown>[]): void => {
    for (const row of rows) database.create(model, row)
  }
  make('res.currency', [{ name: 'USD' }, { name: 'EUR' }, { name: 'GBP' }])
  make(
    'res.country',
    ['US', 'DE', 'GB', 'FR', 'CA', 'NL', 'SE'].map(code => ({ code })),
  )
  make('res.country.state', [
    { country_id: 1, code: 'IL', name: 'Illinois' },
    { country_id: 1, code: 'CA', name: 'California' },
  ])
  make('res.partner', [{ name: 'Simulated Company', type: 'contact', email: false, email_normalized: false }])
  make('res.company', [{ name: 'Simulated Company', partner_id: 1, currency_id: 1 }])
  make('stock.warehouse', [{ code: 'MAIN', name: 'Main warehouse', company_id: 1 }])
  make('stock.location', [
    { name: 'MAIN/Stock', warehouse_id: 1 },
    { name: 'Customers', warehouse_id: false },
  ])
  make('stock.picking.type', [
    { code: 'outgoing', warehouse_id: 1, return_picking_type_id: 2 },
    { code: 'incoming', warehouse_id: 1, return_picking_type_id: 1 },
  ])
  make('uom.uom', [{ name: 'Units' }])
  make('product.pricelist', [
    ...['USD', 'EUR', 'GBP'].map((code, index) => ({
      name: `Web ${code}`,
      currency_id: index + 1,
      company_id: 1,
    })),
  ])
  make('account.tax', [
    ...[8.25, 20, 19].flatMap(amount =>
      [false, true].map(included => ({
        ...{
          name: `${amount}%${included ? ' included' : ''}`,
          amount,
          amount_type: 'percent',
          company_id: 1,
        },
        ...{ price_include: included, type_tax_use: 'sale' },
      })),
    ),
  ])
  make(
    'product.product',
    articles.map(sku => ({ default_code: sku, name: sku, company_id: false })),
  )
}
