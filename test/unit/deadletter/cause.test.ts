import { describe, expect, it } from '@jest/globals'
import { fingerprint, normalizePointer, normalizeSentence, type Origin } from '#core/deadletter/cause.ts'

const causeOf = (origin: Partial<Origin>): string =>
  fingerprint({
    code: 'MAPPING_MISSING',
    connector: 'shopify',
    connection: 'acme',
    topic: 'orders/create',
    ...origin,
  }).cause

describe('the cause of a dead letter', () => {
  it('is the same for the same field of any line, any connection and any value', () =>
    expect(causeOf({ pointer: '/lines/0/sku', connection: 'acme', detail: 'Line 1' })).toBe(
      causeOf({ pointer: '/lines/17/sku', connection: 'globex', detail: 'Line 18' }),
    ))

  it.each<[string, Partial<Origin>]>([
    ['code', { code: 'MAPPING_TYPE' }],
    ['connector', { connector: 'amazon' }],
    ['topic', { topic: 'orders/updated' }],
    ['place', { pointer: '/currency' }],
  ])('differs by %s', (_, other) =>
    expect(causeOf({ pointer: '/number', ...other })).not.toBe(causeOf({ pointer: '/number' })),
  )

  it('differs by the missing value of a table, numbers included', () => {
    const miss = (detail: string) => causeOf({ code: 'MAPPING_TABLE_MISS', pointer: '/shipping', detail })
    expect(miss('“express-1” is in no entry')).not.toBe(miss('“express-2” is in no entry'))
    expect(miss('“express-1” is in no entry (and 2 more)')).toBe(miss('“express-1” is in no entry'))
  })

  it('is one for a table’s missing value, whichever topic, line or leaf misses it', () => {
    const miss = (place: string, topic: string) =>
      causeOf({
        code: 'MAPPING_TABLE_MISS',
        ...{ pointer: place, topic },
        detail: `${place} cannot be made: Table \`status\` has no entry for “on_hold”. (and 2 more)`,
      })
    expect(miss('/lines/0/status', 'orders/create')).toBe(miss('/lines/7/status', 'orders/updated'))
    expect(miss('/lines/0/status', 'orders/create')).toBe(miss('/paymentStatus', 'orders/create'))
  })

  it('groups a partner’s refusals that differ in numbers, ids, names and addresses alone', () => {
    const refusal = (detail: string) => causeOf({ code: 'PARTNER_REFUSED', detail })
    expect(refusal('Product "TEE-RED-M" of order 1001 is unknown (jane@example.com)')).toBe(
      refusal('Product "Mug" of order 1002 is unknown (joe@example.org)'),
    )
    expect(refusal('Product 1 is unknown')).not.toBe(refusal('Customer 1 is blocked'))
  })

  it('keeps connections apart where the connection is what needs repair', () =>
    expect(causeOf({ code: 'HOST_FORBIDDEN', connection: 'a' })).not.toBe(
      causeOf({ code: 'HOST_FORBIDDEN', connection: 'b' }),
    ))

  it('has a title that names place and problem, without the case', () => {
    expect(
      fingerprint({
        code: 'MAPPING_MISSING',
        connector: 'shopify',
        resource: 'order',
        pointer: '/lines/3/sku',
      }).title,
    ).toBe('shopify order /lines/*/sku: A required field is missing in the source.')
    expect(
      fingerprint({
        code: 'PARTNER_REFUSED',
        connector: 'odoo',
        resource: 'order',
        detail: 'No tax 19 for jane@example.com',
      }).title,
    ).toBe('odoo order: No tax * for *')
  })
})

describe('normalising', () => {
  it.each([
    ['/lines/12/taxes/0/rate', '/lines/*/taxes/*/rate'],
    ['lines[12].sku', 'lines[*].sku'],
    ['/version2/x', '/version2/x'],
  ])('%s becomes %s', (pointer, normal) => expect(normalizePointer(pointer)).toBe(normal))

  it.each([
    ['field "unit_price" is required', 'field "unit_price" is required'],
    ['no record 0190b3a2-7c1e-7000-8000-000000000000 at https://erp.example/x/1', 'no record * at *'],
    ['“Jane Doe” is blocked', '“*” is blocked'],
  ])('%s becomes %s', (sentence, normal) => expect(normalizeSentence(sentence)).toBe(normal))
})
