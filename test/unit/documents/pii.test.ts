import { describe, expect, it } from '@jest/globals'
import { maskDocument } from '#core/documents/pii.ts'
import { line, orderDocument } from './order-document.ts'

const order = {
  ...orderDocument({
    email: 'ada@example.com',
    phone: '+442079460018',
    browserIp: '203.0.113.7',
    note: 'Ring twice',
    company: { name: 'Byron Ltd', taxId: 'GB123456789', externalId: '7' },
    shippingAddress: {
      name: 'Ada Byron',
      line1: '12 Analytical Row',
      city: 'London',
      postalCode: 'EC1A 1BB',
      province: 'England',
      country: 'GB',
      phone: '0018',
    },
    lines: [line({ properties: [{ name: 'Engraving', value: 'For Bob' }], giftMessage: 'Love' })],
    refunds: [{ note: 'broke', amount: '1.00', lines: [{ quantity: 1, reasonText: 'cracked' }] }],
  }),
}

describe('a masked document', () => {
  it('shows what was ordered and what it cost, but nobody', () => {
    expect(maskDocument('order', order)).toEqual({
      ...order,
      email: '•••@•••',
      phone: '•••18',
      browserIp: '•••',
      note: '•••',
      company: { name: '•••', taxId: '•••', externalId: '7' },
      shippingAddress: {
        name: '•••',
        line1: '•••',
        city: '•••',
        postalCode: '•••',
        province: 'England',
        country: 'GB',
        phone: '•••',
      },
      lines: [line({ properties: [{ name: 'Engraving', value: '•••' }], giftMessage: '•••' })],
      refunds: [{ note: '•••', amount: '1.00', lines: [{ quantity: 1, reasonText: '•••' }] }],
    })
  })

  it('is a copy', () => {
    const before = structuredClone(order)
    maskDocument('order', order)
    expect(order).toEqual(before)
  })

  it('shows no text at all of a kind of document that nobody classified', () => {
    expect(maskDocument('letter', { to: 'Ada', pages: 2, lines: ['Dear Ada', null] })).toEqual({
      to: '•••',
      pages: 2,
      lines: ['•••', null],
    })
  })

  it('is not misled by values of another shape', () => {
    expect(
      maskDocument('order', { email: { a: 1 }, shippingAddress: 'Ada', phone: 123456789, customer: null }),
    ).toEqual({
      email: '•••@•••',
      shippingAddress: '•••',
      phone: '•••',
      customer: null,
    })
  })
})
