import { describe, expect, it } from '@jest/globals'
import { checkInvariants } from '#core/documents/invariants.ts'
import type { Order } from '#core/documents/types.gen.ts'
import { line, orderDocument } from './order-document.ts'

const check = (changes: Partial<Order>) => checkInvariants('order', { ...orderDocument(changes) })
const faults = (changes: Partial<Order>) => check(changes).map(({ code, target }) => `${code} ${target}`)

describe('the amounts of an order', () => {
  it('balance', () => {
    expect(check({})).toEqual([])
  })

  it.each<[string, Partial<Order>]>([
    ['with tax in the prices', { taxesIncluded: true, totals: { tax: '1.25', total: '28.00' } }],
    [
      'with fees',
      {
        fees: [
          { kind: 'tip', amount: '2.00' },
          { kind: 'duty', amount: '0.75' },
        ],
        totals: { tax: '1.25', total: '32.00' },
      },
    ],
    [
      'with a discount on shipping and one on no line',
      {
        shippingLines: [{ price: '4.00', discounts: [{ amount: '4.00' }] }],
        discounts: [{ amount: '0.25' }],
        totals: { tax: '1.25', total: '25.00' },
      },
    ],
    [
      'without a delivery that was taken off',
      { shippingLines: [{ price: '4.00' }, { price: '9.00', removed: true }] },
    ],
    [
      'with the order’s tax lines where no sum is stated',
      { taxes: [{ amount: '1.00' }, { amount: '0.25' }], totals: { total: '29.25' } },
    ],
    [
      'with the lines’ taxes where the order states none',
      {
        lines: [line({ unitPrice: '10.00', taxes: [{ amount: '1.90' }] })],
        shippingLines: [{ price: '1.00', taxes: [{ amount: '0.19' }] }],
        totals: { total: '13.09' },
      },
    ],
    [
      'in a currency without decimals',
      {
        currency: 'JPY',
        lines: [line({ quantity: 3, unitPrice: '1080' })],
        shippingLines: [],
        totals: { tax: '0', total: '3240' },
      },
    ],
    [
      'in a currency with three',
      {
        currency: 'KWD',
        lines: [line({ quantity: 3, unitPrice: '0.325' })],
        shippingLines: [],
        totals: { total: '0.975' },
      },
    ],
    [
      'with unit prices of parts of a cent',
      { lines: [line({ quantity: 3, unitPrice: '0.0333' })], shippingLines: [], totals: { total: '0.10' } },
    ],
    [
      'with goods by weight',
      { lines: [line({ quantity: 0.35, unitPrice: '12.90' })], shippingLines: [], totals: { total: '4.52' } },
    ],
    [
      'beyond safe integers',
      {
        lines: [line({ quantity: 3, unitPrice: '9007199254740993.01' })],
        shippingLines: [],
        totals: { total: '27021597764222979.03' },
      },
    ],
    ['without anything', { lines: [], shippingLines: [], totals: { total: '0.00' } }],
    [
      'converted one by one for a buyer of another currency',
      { presentment: { currency: 'GBP' }, totals: { tax: '1.25', total: '29.28' } },
    ],
  ])('balance %s', (_name, changes) => {
    expect(check(changes)).toEqual([])
  })

  it.each<[string, Partial<Order>]>([
    ['a cent too much', { totals: { tax: '1.25', total: '29.26' } }],
    ['a cent too little', { totals: { tax: '1.25', total: '29.24' } }],
    ['half a cent too much', { totals: { tax: '1.25', total: '29.255' } }],
    [
      'one yen',
      { currency: 'JPY', lines: [line({ unitPrice: '1080' })], shippingLines: [], totals: { total: '1081' } },
    ],
    [
      'one fils',
      {
        currency: 'KWD',
        lines: [line({ unitPrice: '0.325' })],
        shippingLines: [],
        totals: { total: '0.326' },
      },
    ],
    [
      'a cent beyond safe integers',
      {
        lines: [line({ unitPrice: '9007199254740993.01' })],
        shippingLines: [],
        totals: { total: '9007199254740993.02' },
      },
    ],
    ['tax in the prices counted twice', { taxesIncluded: true }],
    [
      'more than conversion explains',
      { presentment: { currency: 'GBP' }, totals: { tax: '1.25', total: '29.75' } },
    ],
    [
      'a cent where the buyer saw the same currency',
      { presentment: { currency: 'EUR' }, totals: { tax: '1.25', total: '29.26' } },
    ],
  ])('do not balance: %s', (_name, changes) => {
    expect(faults(changes)).toEqual(['INVARIANT_MONEY /totals/total'])
  })

  it('are named with both figures and the difference', () => {
    expect(check({ totals: { tax: '1.25', total: '19.25' } })[0]?.message).toBe(
      'lines 25.50 + shipping 4.00 + fees 0.00 + tax 1.25 − discounts 1.50 make 29.25 EUR, but /totals/total is 19.25: the difference is 10.00.',
    )
  })

  it('leave tax out of the sentence where the prices include it', () => {
    expect(check({ taxesIncluded: true })[0]?.message).toMatch(
      /^lines 25.50 \+ shipping 4.00 \+ fees 0.00 − discounts 1.50 make 28.00 EUR/,
    )
  })
})

describe('refunds', () => {
  it('are at most what was paid, where both are known', () => {
    const totals = { tax: '1.25', total: '29.25' }
    expect(check({ totals: { ...totals, paid: '29.25', refunded: '29.25' } })).toEqual([])
    expect(check({ totals: { ...totals, refunded: '99.00' } })).toEqual([])
    expect(check({ totals: { ...totals, paid: '29.25', refunded: '29.26' } })).toMatchObject([
      {
        code: 'INVARIANT_MONEY',
        target: '/totals/refunded',
        message: '/totals/refunded is 29.26 EUR, but only 29.25 was paid: the difference is 0.01.',
      },
    ])
  })
})

describe('quantities', () => {
  it('are not negative, wherever they are', () => {
    const lines = [
      line({ quantity: -1, unitPrice: '0.00', components: [{ quantity: -2 }] }),
      line({ unitPrice: '0.00', currentQuantity: -3 }),
    ]
    expect(faults({ lines, shippingLines: [], totals: { total: '0.00' } })).toEqual([
      'INVARIANT_QUANTITY /lines/0/quantity',
      'INVARIANT_QUANTITY /lines/1/currentQuantity',
      'INVARIANT_QUANTITY /lines/0/components/0/quantity',
    ])
    expect(check({ lines, shippingLines: [], totals: { total: '0.00' } })[0]?.message).toBe(
      '/lines/0/quantity is -1, which is no quantity of goods.',
    )
  })

  it('are numbers', () => {
    expect(
      faults({
        lines: [line({ currentQuantity: Number.NaN })],
        shippingLines: [],
        totals: { total: '1.00' },
      }),
    ).toEqual(['INVARIANT_QUANTITY /lines/0/currentQuantity'])
  })

  it('of a shipment and of its parcels are checked alike', () => {
    const shipment = {
      externalId: '1',
      channel: 'x',
      status: 'shipped',
      lines: [{ quantity: -1 }],
      packages: [{ lines: [{ quantity: -1 }], currency: 'XXY' }],
    }
    expect(checkInvariants('shipment', shipment).map(({ target }) => target)).toEqual([
      '/lines/0/quantity',
      '/packages/0/lines/0/quantity',
      '/packages/0/currency',
    ])
  })

  it('on hand and available may be below zero, no other state', () => {
    const level = {
      externalId: 'a@b',
      channel: 'x',
      location: {},
      onHand: -1,
      available: -3,
      reserved: -1,
      damaged: 0,
    }
    expect(checkInvariants('inventory', level).map(({ target }) => target)).toEqual(['/reserved'])
  })
})

describe('currencies', () => {
  it('exist, and an order in none is not added up', () => {
    expect(check({ currency: 'XBT', totals: { total: '1.00' } })).toMatchObject([
      {
        code: 'CURRENCY_UNKNOWN',
        target: '/currency',
        message: '/currency is “XBT”, which is not in ISO 4217.',
      },
    ])
  })

  it('exist for every payment, refund and view of the buyer', () => {
    expect(
      faults({
        payments: [{ amount: '1.00', currency: 'XBT' }],
        refunds: [{ currency: 'ETH' }],
        presentment: { currency: 'DOG' },
      }),
    ).toEqual([
      'CURRENCY_UNKNOWN /payments/0/currency',
      'CURRENCY_UNKNOWN /refunds/0/currency',
      'CURRENCY_UNKNOWN /presentment/currency',
    ])
  })

  it('of a return exist', () => {
    const returned = {
      externalId: '1',
      channel: 'x',
      currency: 'EUR',
      presentmentCurrency: 'XBT',
      lines: [{ quantity: -1 }],
    }
    expect(checkInvariants('return', returned).map(({ code }) => code)).toEqual([
      'INVARIANT_QUANTITY',
      'CURRENCY_UNKNOWN',
    ])
  })
})

describe('the lines of a settlement', () => {
  const settlement = {
    externalId: '1',
    channel: 'x',
    currency: 'EUR',
    openingBalance: '5.00',
    closingBalance: '2.00',
    payout: '12.30',
    lines: [
      { kind: 'sale', net: '10.50' },
      { kind: 'fee', net: '-1.20' },
    ],
  }

  it('make the payout with the balances carried', () => {
    expect(checkInvariants('settlement', settlement)).toEqual([])
  })

  it('are named with the difference when they do not', () => {
    expect(checkInvariants('settlement', { ...settlement, payout: '12.00' })).toMatchObject([
      {
        code: 'INVARIANT_MONEY',
        target: '/payout',
        message:
          'The lines make 9.30 EUR and, with the balances carried, 12.30, but /payout is 12.00: the difference is 0.30.',
      },
    ])
    expect(checkInvariants('settlement', { ...settlement, currency: 'XBT' })).toMatchObject([
      { code: 'CURRENCY_UNKNOWN' },
    ])
  })
})

describe('a resource without invariants', () => {
  it('has no problems', () => {
    expect(checkInvariants('product', { externalId: '1' })).toEqual([])
  })
})
