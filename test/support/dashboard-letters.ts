const RECEIVED = Date.UTC(2026, 0, 15, 11, 38)
const instant = (after: number): string => new Date(RECEIVED + after).toISOString()

/** As text, because its id has more digits than a double holds. */
const PAYLOAD =
  '{"id":820982911946154508,"name":"#1001","financial_status":"partially_voided","currency":"EUR",' +
  '"total_price":"84.90","line_items":[{"sku":"TRAIL-42","quantity":1,"price":"84.90"}]}'

/** Letters as the API writes them: times are RFC 3339. */
export const fixtureLetter = (n: number) => ({
  id: `letter-${n}`,
  kind: 'message',
  subject: `message-${n}`,
  tenant: 'acme',
  connection: 'acme-shopify',
  resource: 'order',
  topic: 'orders/updated',
  code: 'MAPPING_TABLE_MISS',
  cause: 'table-miss-financial-status',
  summary: `Order #${1000 + n}: “partially_voided” is in no entry of the table financialStatus.`,
  title: 'The value “partially_voided” is in no entry of the table financialStatus.',
  at: instant(n * 60_000),
  openedAt: instant(n * 60_000),
  state: 'open',
  times: n === 1 ? 2 : 1,
})

/** The same place, for an order that a rule holds: of three, the first is overdue. */
export const fixtureHeld = (n: number) => ({
  ...fixtureLetter(n),
  ...{ kind: 'delivery', connection: 'acme-odoo', code: 'ORDER_HELD', rule: 'payment-pending' },
  ...{ summary: 'A rule holds the order back. Rule “payment-pending”; finance decides.', topic: undefined },
  ...(n === 1
    ? { owner: 'head-of-finance', dueAt: instant(0), escalatedAt: instant(60_000) }
    : { owner: 'finance', dueAt: instant(4 * 3_600_000), escalateTo: 'head-of-finance' }),
})

/** As the API lists them: three more than the snapshot carries. */
export const MANY_CAUSES = Array.from({ length: 23 }, (_, index) => ({
  ...{ id: `cause-${index}`, cause: `cause-${index}`, code: 'PARTNER_REFUSED', title: `Origin ${index}` },
  ...{ connections: ['acme-odoo'], resources: ['order'], open: 40 - index, total: 40, sample: 'letter-1' },
  ...{ firstAt: instant(0), lastAt: instant(60_000), fault: 'partner', fix: null },
}))

/** The largest of them, as the snapshot has them: like this one. */
export const snapshotCauses = <T extends object>(like: T): T[] =>
  MANY_CAUSES.slice(0, 20).map(({ firstAt: _, lastAt: __, fault: ___, fix: ____, id: _____, ...cause }) => ({
    ...like,
    ...cause,
  }))

const attempts = [
  {
    at: instant(60_000),
    ms: 3,
    phase: 'before-send',
    outcome: 'MAPPING_TABLE_MISS',
    detail: '“partially_voided” is in no entry.',
  },
]

export const fixtureLetterView = (n: number) => ({
  ...fixtureLetter(n),
  payload: { encoding: 'utf8', text: PAYLOAD, bytes: PAYLOAD.length, masked: false },
  message: { attempts },
  delivery: null,
  documentRecord: null,
})

export const fixtureTrace = (number: string) => ({
  total: 1,
  documents: [
    {
      document: {
        id: 'order:acme:acme-shopify:820982',
        resource: 'order',
        connection: 'acme-shopify',
        externalId: '820982',
        number,
        revision: 2,
        mapping: { id: 'storefronts/shopify/order', version: 3 },
        createdAt: instant(40),
        updatedAt: instant(900),
      },
      messages: [
        {
          id: 'm1',
          topic: 'orders/create',
          connection: 'acme-shopify',
          via: 'webhook',
          bytes: 6_842,
          receivedAt: instant(0),
          attempts: [{ at: instant(20), ms: 9, outcome: 'done' }],
        },
      ],
      deliveries: [
        {
          id: 'd1',
          destination: 'acme-odoo',
          state: 'confirmed',
          attempts: [
            { at: instant(60), ms: 30_000, outcome: 'PARTNER_TIMEOUT', detail: 'No answer in 30 s.' },
            { at: instant(31_500), ms: 140, outcome: 'confirmed', status: 201 },
          ],
        },
      ],
      links: [
        {
          document: 'order:acme:acme-shopify:820982',
          connection: 'acme-odoo',
          externalId: 'S00417',
          createdAt: instant(31_645),
        },
      ],
      deadLetters: [],
    },
  ],
})
