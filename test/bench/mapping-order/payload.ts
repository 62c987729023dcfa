/** A Shopify order of five lines as it comes out of JSON.parse: the strings are as flat as those of a real payload. */
export const shopifyOrder = (n: number): Record<string, unknown> =>
  JSON.parse(JSON.stringify(order(n))) as Record<string, unknown>

/** After the vendor's documentation; the number makes every one different. */
function order(n: number): Record<string, unknown> {
  return {
    id: 5_000_000_000 + n,
    name: `#${1_000 + n}`,
    admin_graphql_api_id: `gid://shopify/Order/${5_000_000_000 + n}`,
    created_at: '2026-03-02T10:15:30-05:00',
    updated_at: '2026-03-02T10:16:00-05:00',
    currency: 'USD',
    presentment_currency: 'USD',
    taxes_included: false,
    financial_status: 'paid',
    fulfillment_status: null,
    email: `buyer${n}@shop.example`,
    phone: null,
    note: n % 3 === 0 ? 'Please ring twice' : null,
    test: false,
    tags: 'vip, spring',
    total_line_items_price: '249.95',
    total_discounts: '10.00',
    total_tax: '21.60',
    total_price: '268.50',
    customer: { id: 700_000 + n, first_name: 'Jane', last_name: 'Doe', email: `buyer${n}@shop.example` },
    shipping_address: {
      name: 'Jane Doe',
      address1: '12 Main Street',
      address2: n % 2 === 0 ? 'Flat 4' : null,
      city: 'Springfield',
      zip: '62701',
      province_code: 'IL',
      country_code: 'US',
      phone: '+1 217 555 0100',
    },
    shipping_lines: [{ title: 'Standard', price: '6.95' }],
    line_items: Array.from({ length: 5 }, (_, index) => lineItem(n * 10 + index, index)),
  }
}

const lineItem = (id: number, index: number) => ({
  id: 9_000_000_000 + id,
  sku: `SKU-${id}`,
  title: `Product ${index}`,
  variant_title: index % 2 === 0 ? 'Large' : null,
  quantity: index + 1,
  price: '49.99',
  discount_allocations: index === 0 ? [{ amount: '10.00' }] : [],
  tax_lines: [
    { title: 'State Tax', rate: 0.06, price: '3.00' },
    { title: 'City Tax', rate: 0.02, price: '1.00' },
  ],
})
