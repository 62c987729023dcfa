const order = (number: number) =>
  `{"id":82098291194615${number},"name":"#${number}","email":"•••","financial_status":"paid","currency":"EUR","total_price":"94.90","total_tax":"10.00","current_total_tax":"9.50","line_items":[{"sku":"TRAIL-42","quantity":1,"price":"84.90"}]}`

/** As text: ids have more digits than a double holds. */
export const PAYLOAD = { m1: order(1001), m2: order(1002) }

const changed = (n: number) => ({
  id: `order:acme:acme-shopify:${n}`,
  resource: 'order',
  number: `#${1000 + n}`,
  externalId: `82098291194615${n}`,
  message: `m${n}`,
  outcome: 'changed',
  differences: [
    { pointer: '/totals/tax', before: '10.00', after: '9.50' },
    ...(n % 3 === 0 ? [{ pointer: '/lines/0/taxes/0/amount', before: '10.00', after: '9.50' }] : []),
  ],
  moreDifferences: 0,
  destinations: ['acme-odoo'],
})

/** A changed tax rule over five hundred messages. */
export const SHADOW = {
  mapping: 'storefronts/shopify/order',
  scope: '*',
  messages: 500,
  compared: 488,
  notCompared: [{ reason: 'the payload is fetched from the partner', count: 12 }],
  unchanged: 455,
  outdated: 0,
  changed: 33,
  writes: 32,
  documents: [
    ...Array.from({ length: 32 }, (_, index) => changed(index + 1)),
    {
      ...{ id: null, resource: 'order', number: '#1077', externalId: null, message: 'm77' },
      ...{
        outcome: 'problems',
        reason: '/totals/tax is missing: `current_total_tax` is not in the payload.',
      },
      ...{ differences: [], moreDifferences: 0, destinations: [] },
    },
  ],
  more: 0,
  leaves: [
    { pointer: '/totals/tax', documents: 32 },
    { pointer: '/lines/*/taxes/*/amount', documents: 10 },
    { pointer: '/taxes/*/amount', documents: 3 },
  ],
}
