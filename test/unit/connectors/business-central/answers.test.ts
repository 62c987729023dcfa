import { describe, expect, it } from '@jest/globals'
import { manifest } from '#connectors/erp/business-central/manifest.ts'
import { oneOf, withOptions } from '#connectors/erp/business-central/odata.ts'
import { changesOf } from '#connectors/erp/business-central/push/changes.ts'
import { ORDERS } from '#connectors/erp/business-central/push/sales-document.ts'
import { requireTotal } from '#connectors/erp/business-central/push/total.ts'
import { MOST_CHARACTERS, referenceOf } from '#connectors/erp/business-central/reference.ts'
import { responses } from '#connectors/erp/business-central/responses.ts'
import { errorFor } from '#connectors/sdk/index.ts'

const error = (status: number, code = '', message = '') =>
  errorFor(responses, { status, headers: {}, body: { error: { code, message } } }, 0)

describe('answers of Business Central', () => {
  it.each([
    [409, 'Request_EntityChanged', '', 'PARTNER_CONFLICT'],
    [412, '', '', 'PARTNER_CONFLICT'],
    [400, 'Internal_EntityWithSameKeyExists', '', 'PARTNER_CONFLICT'],
    [
      400,
      'Unknown',
      'a record is being updated in a transaction done by another session',
      'PARTNER_CONFLICT',
    ],
    [400, 'Application_DialogException', 'Item does not exist.', 'PARTNER_REFUSED'],
    [404, 'Internal_RecordNotFound', '', 'PARTNER_REFUSED'],
    [401, 'Authentication_InvalidCredentials', '', 'UNAUTHORIZED'],
    [403, 'Authorization_RequestDenied', '', 'PARTNER_FORBIDDEN'],
    [408, '', '', 'PARTNER_TIMEOUT'],
    [413, '', '', 'PARTNER_REFUSED'],
    [429, 'Application_TooManyRequests', '', 'PARTNER_THROTTLED'],
    [503, '', '', 'PARTNER_FAILED'],
    [504, '', '', 'PARTNER_FAILED'],
    [400, 'Internal_TenantUnavailable', '', 'PARTNER_FAILED'],
  ])('%i %s %s means %s', (status, code, message, expected) => {
    expect(error(status, code, message)).toMatchObject({ code: expected, status })
  })

  it('are told without what somebody entered', () => {
    const { detail } = error(
      400,
      'Application_StringExceededLength',
      'The length of the string is 57, of mara@example.com, +1 312 555 0117.\r\nValue: Mara Lindqvist CorrelationId: 1.',
    )
    expect(detail).toBe(
      'HTTP 400. Application_StringExceededLength: The length of the string is 57, of •••, •••.',
    )
  })

  it('that say nothing mean what HTTP says', () => {
    expect(errorFor(responses, { status: 400, headers: {}, body: 'Bad' }, 0)).toMatchObject({
      detail: 'HTTP 400.',
    })
  })
})

describe('the reference of a document', () => {
  it('is its key in capitals where that fits', () => {
    expect(referenceOf('acme:acme-shopify:5551')).toBe('ACME:ACME-SHOPIFY:5551')
  })

  it.each([
    ['a longer one', 'acme:the-connection-of-a-long-name:820982911946154508'],
    ['one with capitals', 'acme:shop:aBc'],
    ['one with a blank at its end', 'acme:shop:1 '],
    ['one with what a filter reads', 'acme:shop:1..9'],
    ['one with a star', 'acme:shop:*'],
    ['one in another script', 'acme:shop:№1'],
    ['an empty one', ''],
  ])('of %s is a digest that fits and stays itself in capitals', (_name, key) => {
    const reference = referenceOf(key)
    expect(reference).toMatch(/^[A-Z0-9]{0,8}~[0-9A-F]{26}$/)
    expect(reference.length).toBeLessThanOrEqual(MOST_CHARACTERS)
    expect(referenceOf(key)).toBe(reference)
  })

  it('is never shared by two keys that differ in capitals only', () => {
    const keys = ['acme:shop:abc', 'acme:shop:aBc', 'acme:shop:ABC', 'ACME:SHOP:ABC']
    expect(new Set(keys.map(key => referenceOf(key).toUpperCase())).size).toBe(keys.length)
  })
})

describe('what is written', () => {
  it('doubles the apostrophe of a literal', () => {
    expect(withOptions('items', { filter: oneOf('number', ["O'Neil", 'B']) })).toBe(
      "items?$filter=number%20eq%20'O''Neil'%20or%20number%20eq%20'B'",
    )
  })

  const present = {
    ...{
      id: 'o',
      number: 'S-ORD1',
      '@odata.etag': 'W/"1"',
      externalDocumentNumber: 'X',
      shipToCity: 'Berlin',
    },
    salesOrderLines: [
      { id: 'c', lineType: 'Comment', description: 'From a person' },
      { id: 'a', lineType: 'Item', lineObjectNumber: 'MUG-1', quantity: 1, unitPrice: 5 },
      { id: 'b', lineType: 'Item', lineObjectNumber: 'MUG-1', quantity: 2, unitPrice: 4 },
    ],
  }

  it('is only what differs, with the header’s ETag before it', () => {
    const lines = [
      { lineType: 'Item', lineObjectNumber: 'mug-1', quantity: 3, unitPrice: 5 },
      { lineType: 'Item', lineObjectNumber: 'CARD', quantity: 1 },
    ]
    expect(changesOf(present, ORDERS, { header: { shipToCity: 'berlin ' }, lines })).toEqual([
      { method: 'PATCH', path: 'salesOrders(o)', ifMatch: 'W/"1"', body: { externalDocumentNumber: 'X' } },
      { method: 'DELETE', path: 'salesOrderLines(b)', ifMatch: '*' },
      { method: 'PATCH', path: 'salesOrderLines(a)', ifMatch: '*', body: { quantity: 3 } },
      { method: 'POST', path: 'salesOrders(o)/salesOrderLines', body: lines[1] },
    ])
  })

  it('is nothing where all is as it must be', () => {
    const lines = present.salesOrderLines.slice(1)
    expect(changesOf(present, ORDERS, { header: { shipToCity: 'Berlin' }, lines })).toEqual([])
  })
})

describe('the total', () => {
  it('is compared exactly, over several invoices', () => {
    expect(() => requireTotal({ amount: '0.30', currency: 'EUR' }, 'S-ORD1', [0.1, 0.2])).not.toThrow()
    expect(() => requireTotal({ amount: '100', currency: 'JPY' }, 'S-ORD1', [99])).toThrow(
      'the difference is -1 JPY',
    )
    expect(() => requireTotal({}, 'S-ORD1', [5])).not.toThrow()
  })
})

it('tokens come from the directory of the settings', () => {
  const { auth } = manifest
  expect(auth?.kind === 'oauth2' && auth.tokenUrl({ tenantId: 'contoso.example' })).toBe(
    'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token',
  )
})

it('a burst and what comes back meanwhile stay below 6,000 calls in five minutes', () => {
  const { capacity, refillPerSecond } = manifest.limits!.buckets['calls']!
  expect(capacity + 300 * refillPerSecond).toBeLessThanOrEqual(6_000)
})
