import { describe, expect, it } from '@jest/globals'
import { maskPersonal, maskText } from '#core/deadletter/mask.ts'

describe('masking', () => {
  it('hides every field of a partner’s payload that is not known to be about goods', () => {
    const order = {
      id: 1001,
      email: 'jane@example.com',
      created_at: '2026-01-01T00:00:00Z',
      vat: 'DE123',
      customer: { first_name: 'Jane', id: 7, tax_id: '123' },
      line_items: [{ sku: 'TEE', quantity: 2, price: '12.00', title: 'Tee for Jane' }],
      note_attributes: [{ name: 'gift for', value: 'Jane' }],
    }
    expect(maskPersonal(order)).toEqual({
      id: 1001,
      email: '•••',
      created_at: '2026-01-01T00:00:00Z',
      vat: '•••',
      customer: { first_name: '•••', id: 7, tax_id: '•••' },
      line_items: [{ sku: 'TEE', quantity: 2, price: '12.00', title: '•••' }],
      note_attributes: [{ name: '•••', value: '•••' }],
    })
  })

  it('hides exactly the personal fields of a canonical document', () => {
    const order = {
      number: '#1',
      email: 'jane@example.com',
      customer: { name: 'Jane', address: { city: 'Ulm', countryCode: 'DE' } },
    }
    expect(maskPersonal(order, 'order')).toEqual({
      number: '#1',
      email: '•••@•••',
      customer: { name: '•••', address: { city: '•••', countryCode: 'DE' } },
    })
  })

  it('takes addresses and telephone numbers out of a sentence and leaves order numbers', () =>
    expect(maskText('Order 5123456789012 of jane@example.com, +49 731 123 456, refused on 2026-01-15')).toBe(
      'Order 5123456789012 of •••, •••, refused on 2026-01-15',
    ))
})
