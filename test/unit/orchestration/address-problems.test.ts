import { describe, expect, it } from '@jest/globals'
import { addressProblems } from '#core/orchestration/address-problems.ts'
import { order } from './orders.ts'

const whole = order().shippingAddress!
const without = (address: object) => addressProblems(order({ shippingAddress: { ...whole, ...address } }))

describe('what a shipping address lacks', () => {
  it.each([
    ['nothing', {}, []],
    ['blank members', { city: ' ', line1: '' }, ['line1', 'city']],
    ['a state, by name or code', { provinceCode: undefined }, ['province']],
    ['a company is a name', { name: undefined, company: 'Acme' }, []],
    ['no postal code is asked for in Ireland', { country: 'IE', postalCode: '', provinceCode: '' }, []],
    ['no city in Singapore', { country: 'SG', city: '', provinceCode: '' }, []],
    ['no country', { country: undefined }, ['country']],
  ])('%s', (_name, change, problems) => expect(without(change)).toEqual(problems))

  it('is all of it where there is none', () =>
    expect(addressProblems(order({ shippingAddress: undefined }))).toEqual(['shippingAddress']))

  it('is nothing for what is collected, downloaded or served', () => {
    const none = { shippingAddress: undefined }
    const [line] = order().lines
    expect(addressProblems(order({ ...none, shippingLines: [{ price: '0.00', method: 'pickup' }] }))).toEqual(
      [],
    )
    expect(addressProblems(order({ ...none, lines: [{ ...line!, requiresShipping: false }] }))).toEqual([])
    expect(addressProblems(order({ ...none, lines: [{ ...line!, kind: 'gift-card' }] }))).toEqual([])
  })
})
